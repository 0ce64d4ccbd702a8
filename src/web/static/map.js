// The map of a table (template table_map): the rows of the page's filter as markers, in clusters.
// Everything it shows is in the list below the map as well.
//
// #map has the addresses (data-rows: GeoJSON; data-row: one row; ROW, AREA and PLACE are filled in
// here), #map-words the words. Cells of tables only ever become text nodes.

import "./leaflet.js";
import "./leaflet.markercluster.js";
import { announce } from "./site.js";
import { addGround } from "./map_ground.js";

const L = globalThis.L;

const MOST_MARKERS = 10000;
const MOST_CHARACTERS = 400;  // of one cell in a popup
const CLOSE_ZOOM = 16;
const LAST_ZOOM = 19;
const JAPAN = [[24, 123], [46, 146]];

const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;

function readWords() {
  const words = {};
  for (const span of document.getElementById("map-words").content.querySelectorAll("[data-word]")) {
    words[span.dataset.word] = span.textContent;
  }
  return words;
}

// Replaces {count} and the like.
function filled(text, values) {
  return text.replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);
}

const grouped = (number) => number.toLocaleString("en-US");

function element(name, className, text) {
  const made = document.createElement(name);
  if (className) made.className = className;
  if (text !== undefined) made.textContent = text;
  return made;
}

// Markers are buttons with a name, to the mouse, the keyboard and to screen readers.
const NamedIcon = L.DivIcon.extend({
  createIcon(old) {
    const icon = L.DivIcon.prototype.createIcon.call(this, old);
    icon.setAttribute("role", "button");
    icon.setAttribute("aria-label", this.options.label);
    icon.title = this.options.label;
    return icon;
  },
});

function clusterIcon(cluster, words) {
  const count = cluster.getChildCount();
  const size = count < 10 ? 32 : count < 100 ? 36 : count < 1000 ? 42 : count < 10000 ? 52 : 60;
  return new NamedIcon({ className: "map-cluster", iconSize: [size, size], html: element("span", "", grouped(count)),
                         label: filled(words.cluster, { count: grouped(count) }) });
}

// What holds nearly all places, where a few lie so far off (a digit that is wrong) that the others would
// be one dot.
function mostOf(places) {
  const all = L.latLngBounds(places);
  if (places.length < 20) return all;
  const edges = (name) => {
    const sorted = places.map((place) => place[name]).sort((a, b) => a - b);
    const cut = Math.ceil(sorted.length * 0.02);
    return [sorted[cut], sorted[sorted.length - 1 - cut]];
  };
  const [south, north] = edges("lat");
  const [west, east] = edges("lng");
  const isFar = all.getNorth() - all.getSouth() > 8 * (north - south) || all.getEast() - all.getWest() > 8 * (east - west);
  return isFar ? L.latLngBounds([south, west], [north, east]) : all;
}

class TableMap {
  constructor(root) {
    this.root = root;
    this.words = readWords();
    this.status = document.getElementById("map-status");
    this.markers = new Map();  // by row number
    this.partial = false;      // there are more rows than markers
    this.map = this.makeMap();
    this.clusters = L.markerClusterGroup({
      maxClusterRadius: 90, showCoverageOnHover: false, animate: !calm, chunkedLoading: true,
      spiderLegPolylineOptions: { className: "map-leg", weight: 1.5, opacity: 1 },
      iconCreateFunction: (cluster) => clusterIcon(cluster, this.words),
    }).addTo(this.map);
    this.load(true);
  }

  makeMap() {
    const { root, words } = this;
    const map = L.map(root, {
      zoomControl: false, attributionControl: false, maxZoom: LAST_ZOOM, minZoom: 3, worldCopyJump: true,
      zoomAnimation: !calm, fadeAnimation: !calm, markerZoomAnimation: !calm, inertia: !calm,
      // Who scrolls down the page is not caught by the map.
      scrollWheelZoom: false,
    });
    L.control.zoom({ zoomInTitle: words.zoom_in, zoomOutTitle: words.zoom_out }).addTo(map);
    L.control.scale({ imperial: false }).addTo(map);
    const box = (root.dataset.bbox || "").split(",").map(Number);
    this.show(map, box.length === 4 ? [[box[1], box[0]], [box[3], box[2]]] : JAPAN);
    if (root.dataset.tiles) L.tileLayer(root.dataset.tiles, { maxZoom: LAST_ZOOM }).addTo(map);
    else addGround(map, words);
    map.on("focus click", () => map.scrollWheelZoom.enable());
    map.on("blur", () => map.scrollWheelZoom.disable());
    map.on("popupopen", ({ popup }) => popup.getElement().querySelector(".leaflet-popup-close-button")?.setAttribute("aria-label", words.close));
    map.on("moveend", () => this.moved());
    root.addEventListener("keydown", (event) => this.pressed(event));
    this.sizes = new ResizeObserver(() => this.quietly(() => map.invalidateSize({ animate: false })));
    this.sizes.observe(root);
    return map;
  }

  // Moves that the reader did not make.
  quietly(move) {
    this.placing = true;
    move();
    this.placing = false;
  }

  show(map, bounds) { map.fitBounds(bounds, { maxZoom: CLOSE_ZOOM, padding: [30, 30], animate: false }); }

  say(text) {
    this.status.textContent = text;
    announce(text);
  }

  // --- Rows

  // All of the filter, or those in sight when they are too many.
  async load(first) {
    this.loading?.abort();
    const mine = this.loading = new AbortController();
    this.status.textContent = this.words.loading;
    try {
      let address = new URL(this.root.dataset.rows, location.href);
      if (!first) address.searchParams.set("bbox", this.boxInSight(address.searchParams.get("bbox")));
      const features = [];
      while (address && features.length < MOST_MARKERS) {
        const reply = await fetch(address, { signal: mine.signal });
        if (!reply.ok) throw new Error(reply.statusText);
        features.push(...(await reply.json()).features);
        address = nextPage(address, reply.headers.get("Link"));
      }
      this.put(features, Boolean(address), first);
    } catch (fault) {
      if (fault.name !== "AbortError") this.say(this.words.failed);
    }
  }

  put(features, partial, first) {
    const layers = [];
    this.clusters.clearLayers();
    this.markers.clear();
    for (const feature of features) {
      if (!feature.geometry) continue;
      const [longitude, latitude] = feature.geometry.coordinates;
      const marker = this.marker(feature, [latitude, longitude]);
      this.markers.set(String(feature.id), marker);
      layers.push(marker);
    }
    this.clusters.addLayers(layers);
    if (first) this.partial = partial;
    if (first && layers.length > 0) {
      this.quietly(() => this.show(this.map, mostOf(layers.map((marker) => marker.getLatLng()))));
    }
    const without = features.length - layers.length;
    let text = layers.length === 0 ? this.words.none : filled(partial ? this.words.shown_some : this.words.shown, { count: grouped(layers.length) });
    if (without > 0) text += ` ${filled(this.words.without, { count: grouped(without) })}`;
    this.say(text);
  }

  marker(feature, place) {
    const name = String(feature.properties.name ?? filled(this.words.row, { row: feature.id })).slice(0, 200);
    const marker = L.marker(place, { icon: new NamedIcon({ className: "map-place", iconSize: [28, 28], label: name }) });
    // Made once: Leaflet asks for it again each time it lays the popup out.
    marker.bindPopup(() => marker.content ??= this.popup(marker, String(feature.id), name), { maxWidth: 320, minWidth: 200, maxHeight: 300, autoPanPaddingTopLeft: [60, 12], className: "map-popup" });
    marker.on("popupclose", () => { if (this.root.contains(document.activeElement)) marker.getElement()?.focus({ preventScroll: true }); });
    return marker;
  }

  // Name and link at once; the columns as soon as they are there.
  popup(marker, row, name) {
    const content = element("div");
    content.append(element("p", "map-name", name));
    const facts = element("dl", "map-facts");
    const more = element("a", "", this.words.to_row);
    more.href = this.root.dataset.rowHref.replace("ROW", row);
    content.append(facts, more);
    this.fill(facts, row, name).then(() => marker.getPopup()?.update());
    return content;
  }

  async fill(facts, row, name) {
    try {
      const reply = await fetch(this.root.dataset.row.replace("ROW", row));
      if (!reply.ok) throw new Error(reply.statusText);
      for (const [column, value] of Object.entries((await reply.json()).data)) {
        if (value === null || value === "" || value === name) continue;
        facts.append(element("dt", "", column), this.cell(value));
      }
    } catch {
      facts.append(element("dd", "", this.words.failed));
    }
  }

  cell(value) {
    const text = typeof value === "boolean" ? (value ? this.words.yes : this.words.no) : String(value);
    const cell = element("dd");
    if (/^https?:\/\/\S+$/.test(text) && text.length < 2000) {
      const link = element("a", "", text);
      link.href = text;
      link.rel = "noopener nofollow";
      cell.append(link);
    } else {
      cell.textContent = text.length > MOST_CHARACTERS ? `${text.slice(0, MOST_CHARACTERS)}…` : text;
    }
    return cell;
  }

  // --- What is in sight

  // West, south, east, north; cut with the filter's own box.
  boxInSight(within) {
    const bounds = this.map.getBounds();
    const box = [bounds.getWest(), bounds.getSouth(), bounds.getEast(), bounds.getNorth()];
    const limits = within ? within.split(",").map(Number) : [-180, -90, 180, 90];
    const cut = box.map((edge, i) => (i < 2 ? Math.max(edge, limits[i]) : Math.min(edge, limits[i])));
    // Outside of it there is nothing: a box without extent.
    if (cut[0] > cut[2] || cut[1] > cut[3]) return [limits[0], limits[1], limits[0], limits[1]].join(",");
    return cut.map((edge) => edge.toFixed(6)).join(",");
  }

  moved() {
    if (this.placing || !this.clusters) return;
    const area = document.getElementById("map-area");
    this.areaHref ??= area.getAttribute("href");
    area.setAttribute("href", this.areaHref.replace("AREA", encodeURIComponent(this.boxInSight(null))));
    area.hidden = false;
    if (!this.partial) return;
    clearTimeout(this.waiting);
    this.waiting = setTimeout(() => this.load(false), 300);
  }

  // --- By hand and by keyboard

  pressed(event) {
    const button = event.target.closest(".leaflet-marker-icon[role=button]");
    if (event.key === " " && button) {
      event.preventDefault();
      button.click();
    }
    if (event.key === "Escape") this.map.closePopup();
  }

  reveal(row) {
    const marker = this.markers.get(row);
    if (!marker) return this.say(this.words.not_on_map);
    this.root.scrollIntoView({ block: "center", behavior: calm ? "auto" : "smooth" });
    const open = () => {
      marker.openPopup();
      marker.getElement()?.focus({ preventScroll: true });
    };
    this.clusters.zoomToShowLayer(marker, open);
    // Markers at one place are one cluster at every zoom. Without animation it is asked to spread out
    // before it is drawn, and nothing comes of it.
    if (calm) setTimeout(() => {
      const shown = this.clusters.getVisibleParent(marker);
      if (!shown || marker.isPopupOpen()) return;
      if (shown !== marker) shown.spiderfy();
      open();
    }, 50);
  }

  // The position is asked for only now, and moves the map; it goes nowhere unless the reader follows
  // the link that sorts by distance.
  locate() {
    if (!navigator.geolocation) return this.say(this.words.not_found);
    this.say(this.words.finding);
    navigator.geolocation.getCurrentPosition(({ coords }) => {
      const place = [coords.latitude, coords.longitude];
      this.here?.remove();
      this.here = L.marker(place, { keyboard: false, icon: new NamedIcon({ className: "map-here", iconSize: [22, 22], label: this.words.here }), zIndexOffset: 1000 }).addTo(this.map);
      this.map.setView(place, 15, { animate: !calm });
      const sort = document.getElementById("map-sort");
      this.sortHref ??= sort.getAttribute("href");
      sort.setAttribute("href", this.sortHref.replace("PLACE", encodeURIComponent(place.map((degrees) => degrees.toFixed(5)).join(","))));
      sort.hidden = false;
      this.say(this.words.found);
    }, () => this.say(this.words.not_found), { timeout: 15000, maximumAge: 60000 });
  }

  remove() {
    this.loading?.abort();
    clearTimeout(this.waiting);
    this.sizes.disconnect();
    this.map.remove();
  }
}

// The next page of the same question on this site: the link names the site by its public name, which
// may be another one than this.
function nextPage(address, links) {
  const next = /<([^>]*)>;\s*rel="?next"?/.exec(links || "");
  if (!next) return null;
  const page = new URL(address);
  page.search = new URL(next[1], location.href).search;
  return page;
}

let current = null;

function begin() {
  current?.remove();
  const root = document.getElementById("map");
  current = root ? new TableMap(root) : null;
}

document.addEventListener("minato:swapped", begin);
document.addEventListener("click", (event) => {
  const button = event.target.closest("button[data-map-row]");
  if (button) current?.reveal(button.dataset.mapRow);
  else if (event.target.closest("#map-near")) current?.locate();
});
begin();
