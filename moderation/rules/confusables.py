"""Characters that look like Latin letters, and marks written in several ways.

A small skeleton table in the manner of Unicode TR39, chosen by shape and never by
sound: Cyrillic п is read as n, not as p.
"""

_SHAPES = {
    # Cyrillic
    "аА": "a", "вВьЬ": "b", "сС": "c", "ԁԀ": "d", "еЕєЄ": "e", "ԍԌ": "g",
    "һҺнН": "h", "іІїЇ": "i", "јЈ": "j", "кК": "k", "ӏӀ": "l", "мМ": "m",
    "пП": "n", "оО": "o", "рР": "p", "ԛԚ": "q", "г": "r", "ѕЅ": "s", "тТ": "t",
    "и": "u", "ѵѴ": "v", "ԝԜ": "w", "хХ": "x", "уУ": "y",
    # Greek
    "αΑά": "a", "βΒ": "b", "ϲϹ": "c", "εΕέ": "e", "Η": "h", "ιΙί": "i", "ϳ": "j",
    "κΚ": "k", "Μ": "m", "Νη": "n", "οΟό": "o", "ρΡ": "p", "τΤ": "t", "υύ": "u",
    "ν": "v", "ω": "w", "χΧ": "x", "γΥ": "y", "Ζ": "z",
    # Armenian, Cherokee and others in common use for disguise
    "օՕ": "o", "ոո": "n", "սՍ": "u", "հ": "h", "ց": "g", "զ": "q", "ա": "w",
    "ɑ": "a", "ƅ": "b", "ϹⲥⲤ": "c", "ɗđĐ": "d", "ɡɢ": "g", "ıɩ": "i", "łŁɫ": "l",
    "ɴ": "n", "øØⲟⲞഠ": "o", "ꜱ": "s", "ʋ": "v",
    # Turned letters
    "ɐ": "a", "ɔ": "c", "ǝ": "e", "ɟ": "f", "ƃ": "g", "ɥ": "h", "ᴉ": "i", "ɾ": "j",
    "ʞ": "k", "ɯ": "m", "ɹ": "r", "ʇ": "t", "ʌ": "v", "ʍ": "w", "ʎ": "y",
    # Latin small capitals
    "ᴀ": "a", "ʙ": "b", "ᴄ": "c", "ᴅ": "d", "ᴇ": "e", "ꜰ": "f", "ʜ": "h", "ɪ": "i",
    "ᴊ": "j", "ᴋ": "k", "ʟ": "l", "ᴍ": "m", "ᴏ": "o", "ᴘ": "p", "ʀ": "r",
    "ᴛ": "t", "ᴜ": "u", "ᴠ": "v", "ᴡ": "w", "ʏ": "y", "ᴢ": "z",
}  # fmt: skip

LOOKALIKES = {char: latin for chars, latin in _SHAPES.items() for char in chars}
LOOKALIKES |= {"œ": "oe", "Œ": "oe", "æ": "ae", "Æ": "ae", "ß": "ss", "ẞ": "ss"}
# Regional indicators and the squared letters that Unicode leaves undecomposed.
for _block in (0x1F1E6, 0x1F130, 0x1F150, 0x1F170):
    LOOKALIKES |= {chr(_block + n): chr(ord("a") + n) for n in range(26)}
# Arabic letters that are written one for another.
LOOKALIKES |= {"أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ى": "ي", "ة": "ه", "ؤ": "و"}
LOOKALIKES |= {"ئ": "ي", "ی": "ي", "ک": "ك"}

MARKS_OF_WRITING = dict.fromkeys("’‘ʼ‛′`´ʹ＇ʻˈ", "'")
MARKS_OF_WRITING |= dict.fromkeys("‐‑‒–—―−﹘﹣－⁃", "-")
MARKS_OF_WRITING |= dict.fromkeys("•⋅∙‧・･●", "·")
MARKS_OF_WRITING |= {"…": "…", "€": "€", "＠": "@", "＊": "*", "∗": "*", "✱": "*"}

# Invisible, though not in a category of formatting characters; tatweel stretches.
IGNORED = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u3164\uffa0\u2800\u0640")
