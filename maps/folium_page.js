"use strict";
/* The exported page: settlements and areas by what is chosen, legend, search, languages.
   Text reaches the page through textContent only: names come from outside. */
const TOWN = 1000; // residents of the places that the first picture shows
const CLOSEST = 14; // some 6 m a pixel: no point is known better
/* From which zoom on who is named: [zoom, least residents]. The app has the same, a zoom below. */
const NAMED = [[0, 20000], [8, 5000], [9.5, 1000], [11, 200], [12, 0]];
function paritetPage(map, areaLayer) {
  const data = JSON.parse(document.getElementById("paritet-data").textContent);
  const theme = data.theme;
  const places = data.settlements;
  const subjects = data.pictures.subjects;
  const state = { language: data.language, subject: data.pictures.first, hidden: new Set() };
  const names = L.layerGroup();
  const circles = [];
  const order = places.id.map((_, index) => index).sort((a, b) => places.radius[b] - places.radius[a]);
  const el = (id) => document.getElementById(id);
  const words = () => theme.texts[state.language];
  const text = (key) => words().texts[key];
  const own = (texts) => texts[state.language] || "";
  const number = (value) => value.toLocaleString(state.language);

  const percent = (share) => (share === null || share === undefined ? words().tristate.unknown : words().grammar.percent.replace("{x}", number(Math.round(share * 100))));

  function plural(key, count) {
    const forms = words().plurals[key];
    const form = forms[new Intl.PluralRules(state.language).select(count)] || forms.other;
    return form.replace("{n}", number(count));
  }

  function date(iso) {
    const [year, mm, dd] = iso.split("-");
    const month = words().months[String(Number(mm))].slice(0, 3);
    const parts = { year, mm, dd, d: Number(dd), month };
    return words().grammar.date.replace(/\{(\w+)\}/g, (whole, key) => parts[key] ?? whole);
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

  const shown = () => subjects[state.subject];

  /* How a settlement is drawn under a subject; nothing is said of it alone where there are no signs. */
  function markOf(index, subject = state.subject) {
    const { marks, signs } = subjects[subject];
    return signs ? marks[parseInt(signs[index], 36)] : theme.unknown;
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

  const ofAreas = () => Boolean(areaLayer && shown().areas);

  /* In the first picture villages would hide the areas: they come with zooming in. */
  const near = () => !ofAreas() || map.getZoom() > state.firstZoom;

  function drawPlaces() {
    const factor = zoomFactor();
    const small = near();
    for (const index of order) {
      const circle = circles[index];
      const mark = markOf(index);
      if (!shown().signs || state.hidden.has(mark.id) || !(small || places.population[index] >= TOWN)) {
        circle.remove();
      } else {
        circle.setStyle({
          radius: Math.max(places.radius[index] * factor, 1.5),
          weight: (mark.pattern === "hollow" ? 2 : 1) * Math.min(1, factor),
          color: mark.stroke, fillColor: mark.fill, fillOpacity: mark.pattern === "pale" ? 0.35 : 0.9,
          opacity: mark.pattern === "pale" ? 0.4 : 1,
        });
        circle.addTo(map);
      }
    }
  }

  /* Names of the largest places in view, each where no other name lies. */
  function drawNames() {
    names.clearLayers();
    const least = NAMED.filter(([zoom]) => zoom <= map.getZoom()).pop()[1];
    const taken = [];
    const view = map.getBounds();
    for (const index of [...order].sort((a, b) => (places.population[b] || 0) - (places.population[a] || 0))) {
      if ((places.population[index] || 0) < least || taken.length >= 80) break;
      const spot = L.latLng(places.lat[index], places.lon[index]);
      if (!view.contains(spot)) continue;
      const { x, y } = map.latLngToContainerPoint(spot);
      const wide = 10 + 8 * nameOf(index).length;
      if (taken.some((box) => Math.abs(box.y - y) < 18 && x < box.x + box.wide && box.x < x + wide)) continue;
      taken.push({ x, y, wide });
      L.tooltip({ permanent: true, direction: "right", className: "name", offset: [6, 0], pane: "names" })
        .setLatLng(spot).setContent(make("span", nameOf(index))).addTo(names);
    }
  }

  function card(index) {
    const people = places.population[index];
    const kind = places.kind[index] ? words().kinds[places.kind[index]] : words().tristate.unknown;
    const rows = theme.standards.filter(({ id }) => subjects[`standard:${id}`]).map((standard) => {
      const gap = places.gap[standard.id][index];
      const verdict = own(markOf(index, `standard:${standard.id}`).label);
      const much = gap === null ? "" : `${text("gap")} ${percent(gap)}`;
      return make("tr", [make("td", own(standard.title)), make("td", verdict), make("td", much)]);
    });
    return make("div", [
      make("strong", nameOf(index)), make("br"), places.area[index] || "", make("br"),
      people === null ? text("population_unknown") : plural("people", Math.round(people)), make("br"),
      `${text("kind")}: ${kind}`, make("table", rows, { className: "card" }),
    ]);
  }

  function areaCard(area) {
    return make("div", [
      make("strong", area[`name_${state.language}`] || area.name || area.id), make("br"),
      `${text("score")}: ${percent(area.values.overall)}`, make("br"),
      `${text("view_evidence")}: ${percent(area.values.known)}`, make("br"),
      shown().areas ? `${own(shown().title)}: ${percent(area.values[state.subject])}` : "", make("br"),
      area.population === null ? text("population_unknown") : plural("people", Math.round(area.population)),
    ]);
  }

  function drawAreas() {
    if (!areaLayer) return;
    const classes = theme.classes[shown().areas || "gap"];
    areaLayer.addTo(map).eachLayer((layer) => {
      const area = data.areas[layer.feature.id];
      const value = area.values[state.subject];
      const unknown = value === null || value === undefined;
      const fill = unknown ? "url(#paritet-hatch)" : classes.colours[classes.breaks.filter((limit) => value >= limit).length];
      layer.setStyle({ fillColor: ofAreas() ? fill : theme.colours.area, fillOpacity: ofAreas() ? 0.8 : 1 });
      const path = layer.getElement();
      if (path) path.paritetArea = area;
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
    map.createPane("names").style.zIndex = 460;
    names.addTo(map);
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

  function drawMarks() {
    const { marks, signs, unit } = shown();
    const counts = marks.map(() => ({ people: 0, counted: 0, places: 0 }));
    [...signs].forEach((sign, index) => {
      const count = counts[parseInt(sign, 36)];
      const people = places.population[index];
      if (people !== null) { count.people += people; count.counted += 1; }
      count.places += 1;
    });
    el("marks-title").textContent = !signs ? "" : unit ? text("legend_value").replace("{unit}", words().units[unit]) : text("view_settlements");
    el("verdicts").replaceChildren(...marks.map((mark, place) => {
      const box = make("input", [], { type: "checkbox", checked: !state.hidden.has(mark.id) });
      box.dataset.verdict = mark.id;
      box.addEventListener("change", () => {
        if (box.checked) state.hidden.delete(mark.id); else state.hidden.add(mark.id);
        drawPlaces();
      });
      const disc = make("span", [], { className: `disc ${mark.pattern}` });
      disc.style.background = mark.fill;
      disc.style.borderColor = mark.stroke;
      const count = counts[place];
      const people = count.places && !count.counted ? text("population_unknown") : plural("people", Math.round(count.people));
      const row = legendRow(disc, own(mark.label), `${people} ${plural("in_settlements", count.places)}`);
      return make("label", [box, ...row.childNodes], { className: "row" });
    }));
  }

  function drawClasses() {
    el("area-section").hidden = !ofAreas();
    if (!ofAreas()) return;
    const gap = shown().areas === "gap";
    const classes = theme.classes[shown().areas];
    const limits = [0, ...classes.breaks, 1].map((limit) => number(Math.round(limit * 100)));
    const rows = classes.colours.map((colour, i) => {
      const swatch = make("span", [], { className: "swatch" });
      swatch.style.background = colour;
      return legendRow(swatch, words().grammar.percent.replace("{x}", `${limits[i]}–${limits[i + 1]}`));
    });
    const hatch = make("span", [], { className: "swatch" });
    hatch.style.background = "repeating-linear-gradient(45deg, var(--hatch_ground) 0 3px, var(--hatch) 3px 5px)";
    const title = text(gap ? "legend_gap" : "legend_share");
    el("classes").replaceChildren(make("h2", title), ...rows, legendRow(hatch, text("legend_unknown")));
  }

  function drawStandard() {
    const standard = theme.standards.find((one) => `standard:${one.id}` === state.subject);
    const parts = standard ? [words().forces[standard.force], standard.act, standard.revision && `${text("revision")} ${standard.revision}`,
      words().confidences[standard.confidence], own(standard.responsible) && `${text("responsible")}: ${own(standard.responsible)}`] : [];
    const hints = { indicator: ["legend_darker", "legend_least", "legend_pale"], estimate: ["by_model_hint"], known: ["legend_share_note"] };
    const values = (hints[shown().kind] || []).map(text).join(" ");
    el("zoom-note").textContent = ofAreas() && shown().signs ? `< ${number(TOWN)}: ${text("legend_zoom")}.` : "";
    el("act").textContent = values || parts.filter(Boolean).join("; ");
  }

  function fill(select, options, chosen) {
    select.replaceChildren(...options.map(([value, label]) => make("option", label, { value })));
    select.value = chosen;
  }

  function drawTexts() {
    document.documentElement.lang = state.language;
    document.querySelectorAll("[data-text]").forEach((node) => { node.textContent = text(node.dataset.text); });
    const raion = data.raion && data.areas[0];
    el("country").textContent = [own(theme.country.names), raion && (raion[`name_${state.language}`] || raion.name)].filter(Boolean).join(": ");
    el("release").textContent = `${text("release")} ${theme.release}, ${text("state_on")} ${date(theme.on)}`;
    el("search").placeholder = text("search_hint");
    el("standard").replaceChildren(...data.pictures.topics.map((topic) =>
      make("optgroup", topic.subjects.map((id) => make("option", own(subjects[id].title), { value: id })), { label: own(topic.label) })));
    el("standard").value = state.subject;
    el("missing").textContent = [text("population_missing"), data.unlocated ? `${own(data.without_point)}: ${number(data.unlocated)}.` : ""].join(" ");
    const credits = theme.attributions.map((line) => own(line.text) + (line.licences.length ? ` (${line.licences.join(", ")})` : ""));
    el("sources").replaceChildren(...credits.map((line) => make("li", line)));
    drawStandard();
    drawMarks();
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
    const scale = L.control.scale({ position: "topleft", imperial: false });
    const write = scale._updateScale; // Leaflet knows no language but its own
    scale._updateScale = (line, label, ratio) =>
      write.call(scale, line, label.replace(/k?m$/, (unit) => words().units[unit] || unit), ratio);
    scale.addTo(map);
    const credit = L.control.attribution({ prefix: false }).addTo(map);
    const line = make("span", [theme.release, theme.synthetic ? text("synthetic") : "", ...theme.attributions.map((one) => own(one.text))].filter(Boolean).join(" · "));
    credit.addAttribution(line.innerHTML);
    const [west, south, east, north] = data.bounds.length ? data.bounds : [-180, -60, 180, 75];
    map.fitBounds([[south, west], [north, east]], { animate: false });
    map.setMaxZoom(CLOSEST).setMinZoom(map.getZoom() - 1);
    state.firstZoom = map.getZoom();
    el("synthetic").hidden = !theme.synthetic;
    el("grid").hidden = !data.areas.some((area) => area.analytic);
    fill(el("language"), theme.languages.map((code) => [code, words().languages[code] || code]), state.language);
    addPlaces();
    drawAreas();
    drawPlaces();
    drawTexts();
    drawNames();
    el("language").addEventListener("change", (event) => { state.language = event.target.value; drawTexts(); drawNames(); search(); });
    el("standard").addEventListener("change", (event) => {
      state.subject = event.target.value;
      state.hidden.clear();
      drawAreas(); drawStandard(); drawMarks(); drawClasses(); drawPlaces();
    });
    el("search").addEventListener("input", search);
    map.on("zoomend", drawPlaces);
    map.on("moveend", drawNames);
    map.on("click", askArea);
    window.foliumReady = true;
  }

  start();
}
