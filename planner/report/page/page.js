"use strict";
(function () {
  const root = document.documentElement;
  const charts = JSON.parse(document.getElementById("charts").textContent);
  const button = document.getElementById("theme");
  const hint = document.getElementById("hint");

  function draw() {
    const options = { ast: true, actions: false, renderer: "svg" };
    return Promise.all(
      Object.keys(charts).map((id) => vegaEmbed("#chart-" + id, charts[id], options)),
    ).then(() => { root.dataset.drawn = "yes"; });
  }

  function theme(name) {
    root.dataset.theme = name;
    button.setAttribute("aria-pressed", String(name === "dark"));
  }

  button.addEventListener("click", () => theme(root.dataset.theme === "dark" ? "light" : "dark"));

  document.querySelectorAll("input[data-filter]").forEach((box) => {
    const body = document.getElementById(box.dataset.filter);
    const table = body.closest(".table");
    const matches = table.querySelector(".matches");
    box.addEventListener("input", () => {
      const wanted = box.value.trim().toLowerCase();
      let found = 0;
      for (const row of body.rows) {
        row.hidden = !row.textContent.toLowerCase().includes(wanted);
        if (!row.hidden) found += 1;
      }
      table.classList.toggle("filtered", wanted !== "");
      matches.textContent = wanted ? `${found} of ${body.rows.length} rows hold “${wanted}”` : "";
    });
  });

  function tell(place) {
    hint.textContent = place.dataset.source;
    hint.hidden = false;
    const box = place.getBoundingClientRect();
    const most = root.clientWidth - hint.offsetWidth - 8;
    hint.style.left = window.scrollX + Math.max(0, Math.min(box.left, most)) + "px";
    hint.style.top = window.scrollY + box.bottom + 6 + "px";
    place.setAttribute("aria-describedby", "hint");
  }

  function hush(place) {
    hint.hidden = true;
    place.removeAttribute("aria-describedby");
  }

  document.querySelectorAll(".sourced").forEach((place) => {
    place.addEventListener("mouseenter", () => tell(place));
    place.addEventListener("focus", () => tell(place));
    place.addEventListener("mouseleave", () => hush(place));
    place.addEventListener("blur", () => hush(place));
    place.addEventListener("click", () => tell(place));
  });
  document.addEventListener("keydown", (event) => { if (event.key === "Escape") hint.hidden = true; });

  const prefers = window.matchMedia && window.matchMedia("(prefers-color-scheme: dark)").matches;
  theme(prefers ? "dark" : "light");
  if (Object.keys(charts).length) draw();
})();
