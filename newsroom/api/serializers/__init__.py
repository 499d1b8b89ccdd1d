"""What the API shows and takes: fields listed one by one; inputs name no model."""
