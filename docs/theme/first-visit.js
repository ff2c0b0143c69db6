/* The theme asks the system for its scheme at the end of the page: a dark one would begin with a flash. */
if (!__md_get("__palette") && matchMedia("(prefers-color-scheme: dark)").matches)
  document.body.dataset.mdColorScheme = "slate";
