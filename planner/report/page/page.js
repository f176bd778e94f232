"use strict";
(function () {
  const root = document.documentElement;
  const charts = JSON.parse(document.getElementById("charts").textContent);
  const button = document.getElementById("theme");
  const hint = document.getElementById("hint");
  const light = { background: "#ffffff" };
  const dark = {
    background: "#14181d",
    title: { color: "#e8ebee" },
    axis: { labelColor: "#e8ebee", titleColor: "#e8ebee", gridColor: "#343c45", domainColor: "#a3adb8", tickColor: "#a3adb8" },
    legend: { labelColor: "#e8ebee", titleColor: "#e8ebee" },
    header: { labelColor: "#e8ebee", titleColor: "#e8ebee" },
    view: { stroke: "#343c45" },
  };

  function draw() {
    const config = root.dataset.theme === "dark" ? dark : light;
    const options = { ast: true, actions: false, renderer: "svg", config };
    return Promise.all(
      Object.keys(charts).map((id) => vegaEmbed("#chart-" + id, charts[id], options)),
    ).then(() => { root.dataset.drawn = "yes"; });
  }

  function theme(name) {
    root.dataset.theme = name;
    button.setAttribute("aria-pressed", String(name === "dark"));
    button.textContent = name === "dark" ? "Light" : "Dark";
    if (Object.keys(charts).length) draw();
  }

  button.addEventListener("click", () => theme(root.dataset.theme === "dark" ? "light" : "dark"));

  document.querySelectorAll("input[data-filter]").forEach((box) => {
    const body = document.getElementById(box.dataset.filter);
    box.addEventListener("input", () => {
      const wanted = box.value.trim().toLowerCase();
      for (const row of body.rows) row.hidden = !row.textContent.toLowerCase().includes(wanted);
    });
  });

  function tell(place) {
    hint.textContent = place.dataset.source;
    hint.hidden = false;
    const box = place.getBoundingClientRect();
    hint.style.left = window.scrollX + box.left + "px";
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
  });
  document.addEventListener("keydown", (event) => { if (event.key === "Escape") hint.hidden = true; });

  const prefers = window.matchMedia && window.matchMedia("(prefers-color-scheme: dark)").matches;
  theme(prefers ? "dark" : "light");
})();
