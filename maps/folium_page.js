"use strict";
/* The exported page: circles of settlements by verdict, legend, search, languages.
   Text reaches the page through textContent only: names come from outside. */
const TOWN = 1000; // residents of the places that the first picture shows
function paritetPage(map, areaLayers) {
  const data = JSON.parse(document.getElementById("paritet-data").textContent);
  const theme = data.theme;
  const places = data.settlements;
  const marks = [...theme.verdicts, ...theme.assumed_verdicts];
  const subjects = new Map([
    ...theme.standards.map((one) => [one.id, { marks, signs: places.verdict[one.id], label: one.title }]),
    ...theme.indicators.filter((one) => one.classes).map((one) =>
      [`indicator:${one.code}`, { marks: valueMarks(one), signs: places.value[one.code], label: one.label, unit: one.unit }]),
  ]);
  const views = Object.keys(areaLayers);
  const state = {
    language: data.language,
    subject: subjects.size ? [...subjects.keys()][0] : null,
    view: views.includes(theme.default_view) ? theme.default_view : views[0],
    hidden: new Set(),
  };
  const circles = [];
  const order = places.id.map((_, index) => index).sort((a, b) => places.radius[b] - places.radius[a]);
  const el = (id) => document.getElementById(id);
  const words = () => theme.texts[state.language];
  const text = (key) => words().texts[key];
  const own = (texts) => texts[state.language] || "";
  const number = (value) => value.toLocaleString(state.language);

  function plural(key, count) {
    const forms = words().plurals[key];
    const form = forms[new Intl.PluralRules(state.language).select(count)] || forms.other;
    return form.replace("{n}", number(count));
  }

  /* Marks of an indicator's values by their sign: its classes, the same assumed, what has no value, what is old. */
  function valueMarks({ classes, quantity }) {
    const ends = [0, ...classes.breaks];
    const step = quantity === "count" ? 1 : 0;
    const said = (label) => Object.fromEntries(theme.languages.map((language) => [language, label(language)]));
    const range = (i) => (language) => {
      const from = ends[i].toLocaleString(language);
      if (i === classes.breaks.length) return theme.texts[language].texts.at_least.replace("{x}", from);
      const to = (ends[i + 1] - step).toLocaleString(language);
      return from === to ? from : `${from}–${to}`;
    };
    const status = (id) => theme.statuses.find((mark) => mark.id === id);
    const assumed = status("assumed");
    const plain = classes.colours.map((fill, i) => ({ id: `class${i}`, fill, stroke: theme.colours.outline, pattern: "", label: said(range(i)) }));
    const rings = plain.map((mark) => ({ ...mark, id: `${mark.id}:assumed`, stroke: assumed.fill, pattern: "hollow",
      label: said((language) => `${mark.label[language]} (${assumed.label[language]})`) }));
    const missing = theme.without_value.map(status).map((mark) => (mark.pattern ? mark : { ...mark, fill: theme.unknown.fill, pattern: "hollow" }));
    return [...plain, ...rings, ...missing, theme.stale];
  }

  function make(tag, content, attributes) {
    const node = document.createElement(tag);
    Object.assign(node, attributes || {});
    for (const child of [].concat(content === undefined ? [] : content)) node.append(child);
    return node;
  }

  function nameOf(index) {
    const names = places.names[state.language];
    return (names && names[index]) || places.name[index];
  }

  function verdictOf(index, standard) {
    return marks[Number(places.verdict[standard][index])];
  }

  /* How a settlement is drawn under the chosen subject. */
  function markOf(index) {
    const subject = subjects.get(state.subject);
    return subject ? subject.marks[parseInt(subject.signs[index], 36)] : theme.unknown;
  }

  function zoomFactor() {
    const stops = theme.size.zoom_factor;
    const zoom = map.getZoom() - 1; // the theme counts tiles of 512 pixels, Leaflet of 256
    if (zoom <= stops[0][0]) return stops[0][1];
    for (let i = 1; i < stops.length; i += 1) {
      const [[from, low], [to, high]] = [stops[i - 1], stops[i]];
      if (zoom <= to) return low + ((zoom - from) / (to - from)) * (high - low);
    }
    return stops[stops.length - 1][1];
  }

  /* Values are of settlements: no area has a colour then. */
  const ofValues = () => Boolean(state.subject && subjects.get(state.subject).unit);

  /* In the first picture villages would hide the areas: they come with zooming in. */
  const near = () => !views.length || ofValues() || map.getZoom() > state.firstZoom;

  function drawPlaces() {
    const factor = zoomFactor();
    const small = near();
    for (const index of order) {
      const circle = circles[index];
      const mark = markOf(index);
      if (state.hidden.has(mark.id) || !(small || places.population[index] >= TOWN)) {
        circle.remove();
      } else {
        circle.setStyle({
          radius: Math.max(places.radius[index] * factor, 1.5),
          weight: (mark.pattern === "hollow" ? 2 : 1) * Math.min(1, factor),
          color: mark.stroke, fillColor: mark.fill, fillOpacity: 0.9,
        });
        circle.addTo(map);
      }
    }
  }

  function card(index) {
    const people = places.population[index];
    const kind = places.kind[index] ? words().kinds[places.kind[index]] : words().tristate.unknown;
    const rows = theme.standards.map((standard) => {
      const gap = places.gap[standard.id][index];
      const verdict = own(verdictOf(index, standard.id).label);
      const much = gap === null ? "" : `${text("gap")} ${number(Math.round(gap * 100))} %`;
      return make("tr", [make("td", own(standard.title)), make("td", verdict), make("td", much)]);
    });
    return make("div", [
      make("strong", nameOf(index)), make("br"), places.area[index] || "", make("br"),
      people === null ? text("population_unknown") : plural("people", Math.round(people)), make("br"),
      `${text("kind")}: ${kind}`, make("table", rows, { className: "card" }),
    ]);
  }

  function areaCard(area) {
    const percent = (share) => (share === null ? words().tristate.unknown : `${number(Math.round(share * 100))} %`);
    return make("div", [
      make("strong", area[`name_${state.language}`] || area.name || area.id), make("br"),
      `${text("score")}: ${percent(area.score)}`, make("br"),
      `${text("coverage")}: ${percent(area.coverage)}`, make("br"),
      area.population === null ? text("population_unknown") : plural("people", Math.round(area.population)),
    ]);
  }

  function drawAreas() {
    views.forEach((view) => map.removeLayer(areaLayers[view]));
    if (!state.view) return;
    areaLayers[state.view].addTo(map).setStyle({ fillOpacity: ofValues() ? 0 : 0.8 });
    areaLayers[state.view].eachLayer((layer) => {
      const path = layer.getElement();
      if (path) path.paritetArea = data.areas[layer.feature.id];
    });
  }

  /* The canvas of the circles lies over the areas and takes their clicks. */
  function askArea(event) {
    const under = document.elementsFromPoint(event.originalEvent.clientX, event.originalEvent.clientY);
    const path = under.find((node) => node.paritetArea);
    if (path) L.popup().setLatLng(event.latlng).setContent(areaCard(path.paritetArea)).openOn(map);
  }

  function addPlaces() {
    map.createPane("places").style.zIndex = 450;
    const renderer = L.canvas({ pane: "places", padding: 0.3 });
    for (const index of order) {
      const circle = L.circleMarker([places.lat[index], places.lon[index]],
        { renderer, pane: "places", bubblingMouseEvents: false });
      circle.bindTooltip(() => make("span", nameOf(index))).bindPopup(() => card(index), { minWidth: 280, maxHeight: 320 });
      circles[index] = circle;
    }
  }

  function legendRow(sign, label, count) {
    return make("div", [sign, make("span", label), make("span", count || "", { className: "count" })], { className: "row" });
  }

  function drawVerdicts() {
    const subject = subjects.get(state.subject);
    const all = subject ? subject.marks : theme.verdicts;
    const counts = new Map(all.map((mark) => [mark.id, { people: 0, counted: 0, places: 0 }]));
    places.id.forEach((_, index) => {
      if (!subject) return;
      const count = counts.get(markOf(index).id);
      const people = places.population[index];
      if (people !== null) { count.people += people; count.counted += 1; }
      count.places += 1;
    });
    el("marks-title").textContent = subject && subject.unit ? text("legend_value").replace("{unit}", words().units[subject.unit]) : text("legend_verdict");
    const chosen = theme.standards.find((one) => one.id === state.subject);
    const always = (mark) => theme.verdicts.includes(mark) || /^class\d$/.test(mark.id);
    const shown = all.filter((mark) => always(mark) || (chosen ? chosen.assumed.includes(mark.id) : counts.get(mark.id).places));
    el("verdicts").replaceChildren(...shown.map((mark) => {
      const box = make("input", [], { type: "checkbox", checked: !state.hidden.has(mark.id) });
      box.dataset.verdict = mark.id;
      box.addEventListener("change", () => {
        if (box.checked) state.hidden.delete(mark.id); else state.hidden.add(mark.id);
        drawPlaces();
      });
      const disc = make("span", [], { className: `disc ${mark.pattern}` });
      disc.style.background = mark.fill;
      disc.style.borderColor = mark.stroke;
      const count = counts.get(mark.id);
      const people = count.places && !count.counted ? text("population_unknown") : plural("people", Math.round(count.people));
      const row = legendRow(disc, own(mark.label), `${people} ${plural("in_settlements", count.places)}`);
      return make("label", [box, ...row.childNodes], { className: "row" });
    }));
  }

  function drawClasses() {
    el("area-section").hidden = !state.view || ofValues();
    if (!state.view) return;
    const gap = state.view === "scores";
    const classes = theme.classes[gap ? "gap" : "share_known"];
    const limits = [0, ...classes.breaks, 1].map((limit) => number(Math.round(limit * 100)));
    const rows = classes.colours.map((colour, i) => {
      const swatch = make("span", [], { className: "swatch" });
      swatch.style.background = colour;
      return legendRow(swatch, `${limits[i]}–${limits[i + 1]} %`);
    });
    const hatch = make("span", [], { className: "swatch" });
    hatch.style.background = "repeating-linear-gradient(45deg, var(--hatch_ground) 0 3px, var(--hatch) 3px 5px)";
    const title = `${text(gap ? "legend_gap" : "coverage")}, ${text(gap ? "share_of_promise" : "share_of_people")}`;
    el("classes").replaceChildren(make("h2", title), ...rows, legendRow(hatch, text("legend_unknown")));
  }

  function drawStandard() {
    const standard = theme.standards.find((one) => one.id === state.subject);
    const parts = standard ? [words().forces[standard.force], standard.act, standard.revision && `${text("revision")} ${standard.revision}`,
      words().confidences[standard.confidence], own(standard.responsible) && `${text("responsible")}: ${own(standard.responsible)}`] : [];
    const values = state.subject && !standard ? `${text("legend_darker")} ${text("legend_least")}` : "";
    el("zoom-note").textContent = views.length && !ofValues() ? `< ${number(TOWN)}: ${text("legend_zoom")}.` : "";
    el("act").textContent = values || parts.filter(Boolean).join("; ");
  }

  function fill(select, options, chosen) {
    select.replaceChildren(...options.map(([value, label]) => make("option", label, { value })));
    select.value = chosen;
  }

  function drawTexts() {
    document.documentElement.lang = state.language;
    document.querySelectorAll("[data-text]").forEach((node) => { node.textContent = text(node.dataset.text); });
    el("country").textContent = own(theme.country.names);
    el("release").textContent = `${text("release")} ${theme.release}, ${text("state_on")} ${theme.on}`;
    el("search").placeholder = text("search_hint");
    fill(el("standard"), [...subjects].map(([id, one]) => [id, own(one.label)]), state.subject);
    fill(el("view"), views.map((view) => [view, text(view === "scores" ? "score" : "view_evidence")]), state.view);
    el("missing").textContent = [text("population_missing"), data.unlocated ? `${own(data.without_point)}: ${number(data.unlocated)}.` : ""].join(" ");
    const credits = theme.attributions.map((line) => own(line.text) + (line.licences.length ? ` (${line.licences.join(", ")})` : ""));
    el("sources").replaceChildren(...credits.map((line) => make("li", line)));
    drawStandard();
    drawVerdicts();
    drawClasses();
  }

  const plain = (name) => name.toLowerCase().replaceAll("ё", "е").replaceAll("ў", "у");

  function search() {
    const wanted = plain(el("search").value.trim());
    const columns = [places.name, ...Object.values(places.names)];
    const hits = [];
    if (wanted) {
      places.id.forEach((_, index) => {
        const ranks = columns.filter((names) => names[index]).map((names) => plain(names[index]).indexOf(wanted)).filter((at) => at >= 0);
        if (ranks.length) hits.push([Math.min(...ranks) > 0, -(places.population[index] || 0), index]);
      });
    }
    hits.sort((a, b) => a[0] - b[0] || a[1] - b[1] || a[2] - b[2]);
    const rows = hits.slice(0, 30).map(([, , index]) => {
      const button = make("button", [nameOf(index), make("span", ` ${places.area[index] || ""}`, { className: "small" })], { type: "button" });
      button.addEventListener("click", () => {
        const spot = [places.lat[index], places.lon[index]];
        map.setView(spot, 12, { animate: false });
        map.openPopup(card(index), spot, { minWidth: 280, maxHeight: 320 });
      });
      return make("li", button);
    });
    el("found").replaceChildren(...(wanted && !rows.length ? [make("li", text("search_none"))] : rows));
  }

  function start() {
    L.control.zoom({ position: "topright" }).addTo(map);
    L.control.scale({ position: "topleft", imperial: false }).addTo(map);
    const credit = L.control.attribution({ prefix: false }).addTo(map);
    const line = make("span", [theme.release, theme.synthetic ? text("synthetic") : "", ...theme.attributions.map((one) => own(one.text))].filter(Boolean).join(" · "));
    credit.addAttribution(line.innerHTML);
    const [west, south, east, north] = theme.country.bounds;
    map.fitBounds([[south, west], [north, east]], { animate: false });
    state.firstZoom = map.getZoom();
    el("synthetic").hidden = !theme.synthetic;
    el("evidence-first").hidden = theme.default_view !== "evidence";
    el("grid").hidden = !data.areas.some((area) => area.analytic);
    fill(el("language"), theme.languages.map((code) => [code, words().languages[code] || code]), state.language);
    addPlaces();
    drawAreas();
    drawPlaces();
    drawTexts();
    el("language").addEventListener("change", (event) => { state.language = event.target.value; drawTexts(); search(); });
    el("standard").addEventListener("change", (event) => { state.subject = event.target.value; drawAreas(); drawStandard(); drawVerdicts(); drawClasses(); drawPlaces(); });
    el("view").addEventListener("change", (event) => { state.view = event.target.value; drawAreas(); drawClasses(); });
    el("search").addEventListener("input", search);
    map.on("zoomend", drawPlaces);
    map.on("click", askArea);
    window.foliumReady = true;
  }

  start();
}
