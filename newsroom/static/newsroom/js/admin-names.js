// Names for the parts of controls that the back office's own scripts build without one.
"use strict";
{
  // The label of a field, or itself: an empty choice gives no name
  const namedBy = (field) => {
    const label = field.labels?.[0];
    if (!label) return field.id;
    label.id ||= `${field.id}_label`;
    return label.id;
  };

  const nameParts = () => {
    // A list's filter field: its icon is the label
    for (const icon of document.querySelectorAll(".search-label-icon[aria-label]")) {
      icon.setAttribute("role", "img");
    }
    // A choice with a search in it: named by the field it stands for, then its value
    for (const field of document.querySelectorAll("select.select2-hidden-accessible")) {
      const box = field.nextElementSibling?.querySelector(".select2-selection");
      const value = box?.querySelector(".select2-selection__rendered");
      if (!box || !value) continue;
      box.setAttribute("aria-labelledby", `${namedBy(field)} ${value.id}`);
      value.setAttribute("aria-labelledby", namedBy(field));
    }
  };

  // After the scripts that build them, which wait for the same moments
  window.addEventListener("load", () => setTimeout(nameParts));
  document.addEventListener("formset:added", () => setTimeout(nameParts));
  document.addEventListener("focusin", (event) => {
    const box = document.querySelector(".select2-container--open .select2-selection");
    const field = box?.closest(".select2-container").previousElementSibling;
    if (!field || !event.target.matches(".select2-search__field")) return;
    event.target.setAttribute("aria-labelledby", namedBy(field));
    box.setAttribute("aria-controls", box.getAttribute("aria-owns"));
  });
}
