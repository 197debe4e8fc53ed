"use strict";
// A click on the head of a column sorts its table: numbers by value, words as the language does.
for (const button of document.querySelectorAll("thead button")) {
  button.addEventListener("click", () => {
    const head = button.closest("th");
    const body = head.closest("table").tBodies[0];
    const upward = head.getAttribute("aria-sort") !== "ascending";
    for (const other of head.parentElement.cells) other.removeAttribute("aria-sort");
    head.setAttribute("aria-sort", upward ? "ascending" : "descending");
    const key = (row) => row.cells[head.cellIndex];
    const order = (a, b) => {
      const [first, second] = [key(a), key(b)];
      if (first.dataset.value === undefined || second.dataset.value === undefined) {
        return first.textContent.localeCompare(second.textContent, document.documentElement.lang);
      }
      const [x, y] = [Number(first.dataset.value), Number(second.dataset.value)];
      return Number.isNaN(x) - Number.isNaN(y) || x - y;
    };
    const rows = [...body.rows].sort((a, b) => (upward ? order(a, b) : order(b, a)));
    body.append(...rows);
  });
}
