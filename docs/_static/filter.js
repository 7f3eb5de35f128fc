/* Puts a search field and choices above each table in a `filterable` block, and labels the cells of wide tables for narrow
   screens. Without it tables stay as they are. What can be chosen is read from the columns, so that page and script cannot
   disagree. */
(() => {
  "use strict";
  const FACETS = ["Kind", "Level", "Impact", "Trains", "Needs", "Region", "Family", "Severity", "State"];
  const ORDER = { Level: ["novice", "intermediate", "advanced"], Severity: ["info", "advice", "warning", "danger"] };
  const words = (cell) => cell.textContent.split(",").map((word) => word.trim()).filter(Boolean);
  const make = (tag, attributes, ...children) => {
    const made = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
    made.append(...children);
    return made;
  };

  // Each cell learns the head of its column, which narrow screens show in its row; see site.css.
  function label(table) {
    const heads = [...table.querySelectorAll("thead th")].map((head) => head.textContent.trim());
    for (const row of table.querySelectorAll("tbody tr")) {
      [...row.cells].forEach((cell, column) => {
        cell.setAttribute("data-label", heads[column]);
        if (!cell.textContent.trim() && !cell.querySelector("img")) cell.setAttribute("data-empty", "");
      });
    }
    table.classList.add("cards");
    return heads;
  }

  function choices(name, values) {
    const order = ORDER[name] || [];
    const rank = (word) => (order.includes(word) ? order.indexOf(word) : order.length);
    return [...values].sort((a, b) => rank(a) - rank(b) || a.localeCompare(b));
  }

  function prepare(block, number) {
    const table = block.querySelector("table");
    if (!table) return;
    const heads = label(table);
    const rows = [...table.querySelectorAll("tbody tr")].map((row) => {
      return { row, cells: [...row.cells], text: row.textContent.toLowerCase() };
    });
    const asked = new URLSearchParams(window.location.search);
    const form = make("form", { class: "filter", role: "search", "aria-label": "Filter the table" });
    const field = (name, control) => {
      control.id = `filter-${number}-${name.toLowerCase()}`;
      control.name = name.toLowerCase() + (number || "");
      control.value = asked.get(control.name) || "";
      if (control.selectedIndex === -1) control.value = "";
      form.append(make("div", { class: "filter-field" }, make("label", { for: control.id }, name), control));
      return control;
    };
    const search = field("Search", make("input", { type: "search", autocomplete: "off", placeholder: "any word" }));
    const facets = heads
      .map((name, column) => ({ name, column }))
      .filter(({ name }) => FACETS.includes(name))
      .map(({ name, column }) => {
        const values = new Set(rows.flatMap(({ cells }) => words(cells[column])));
        const options = choices(name, values).map((value) => make("option", { value }, value));
        return { column, control: field(name, make("select", {}, make("option", { value: "" }, "any"), ...options)) };
      });
    const told = make("output", { class: "filter-told", role: "status", "aria-live": "polite" });
    const reset = make("button", { type: "reset" }, "Show all");
    form.append(make("div", { class: "filter-foot" }, told, reset));

    function apply() {
      const wanted = search.value.toLowerCase().split(/\s+/).filter(Boolean);
      let shown = 0;
      for (const { row, cells, text } of rows) {
        const fits =
          wanted.every((word) => text.includes(word)) &&
          facets.every(({ column, control }) => !control.value || words(cells[column]).includes(control.value));
        row.hidden = !fits;
        shown += fits ? 1 : 0;
      }
      told.textContent = shown ? `${shown} of ${rows.length} shown` : "Nothing fits. Choose less.";
      const forms = [...document.querySelectorAll("form.filter")];
      const chosen = forms.flatMap((each) => [...new FormData(each)]).filter(([, value]) => value);
      try {
        const query = new URLSearchParams(chosen).toString();
        window.history.replaceState(null, "", (query ? `?${query}` : window.location.pathname) + window.location.hash);
      } catch {
        // Pages opened as files may not rewrite their address.
      }
    }
    form.addEventListener("input", apply);
    form.addEventListener("reset", () => window.setTimeout(apply));
    form.addEventListener("submit", (event) => event.preventDefault());
    block.prepend(form);
    apply();
  }

  document.querySelectorAll(".filterable").forEach(prepare);
  document.querySelectorAll("article table.docutils:not(.cards)").forEach((table) => {
    if (table.querySelectorAll("thead th").length > 2) label(table);
  });
})();
