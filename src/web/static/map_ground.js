// What lies under the markers where no base map is set up: degrees of latitude and longitude with
// their figures, and where north is, so that places have a place without asking anybody for tiles.

const L = globalThis.L;

const STEPS = [0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 20];

// About four lines across.
const stepFor = (degrees) => STEPS.find((step) => degrees / step <= 5) || 30;

function multiples(from, to, step) {
  const found = [];
  for (let i = Math.ceil(from / step); i * step <= to; ++i) found.push(i * step);
  return found;
}

const Graticule = L.LayerGroup.extend({
  initialize(words) {
    L.LayerGroup.prototype.initialize.call(this);
    this.words = words;
  },
  onAdd(map) {
    this.map = map;
    map.on("moveend resize", this.draw, this);
    L.LayerGroup.prototype.onAdd.call(this, map);
    this.draw();
  },
  onRemove(map) {
    map.off("moveend resize", this.draw, this);
    L.LayerGroup.prototype.onRemove.call(this, map);
  },
  draw() {
    this.clearLayers();
    const seen = this.map.getBounds();
    const all = seen.pad(0.5);
    const step = stepFor(Math.min(seen.getEast() - seen.getWest(), (seen.getNorth() - seen.getSouth()) * 1.5));
    const digits = Math.max(0, Math.ceil(-Math.log10(step) - 1e-9));
    for (const longitude of multiples(all.getWest(), all.getEast(), step)) {
      this.line([[Math.max(all.getSouth(), -85), longitude], [Math.min(all.getNorth(), 85), longitude]]);
      this.figure([seen.getSouth(), longitude], "map-figure-east", this.words.longitude, longitude.toFixed(digits));
    }
    for (const latitude of multiples(Math.max(all.getSouth(), -85), Math.min(all.getNorth(), 85), step)) {
      this.line([[latitude, all.getWest()], [latitude, all.getEast()]]);
      this.figure([latitude, seen.getEast()], "map-figure-north", this.words.latitude, latitude.toFixed(digits));
    }
  },
  line(points) {
    this.addLayer(L.polyline(points, { className: "map-grid", interactive: false, weight: 1, opacity: 1, smoothFactor: 0 }));
  },
  figure(place, className, words, degrees) {
    const text = document.createElement("span");
    text.textContent = words.replace("{degrees}", degrees);
    const icon = L.divIcon({ className: `map-figure ${className}`, iconSize: [0, 0], html: text });
    this.addLayer(L.marker(place, { icon, interactive: false, keyboard: false }));
  },
});

const North = L.Control.extend({
  options: { position: "topleft" },
  initialize(words) { this.words = words; },
  onAdd() {
    const sign = document.createElement("div");
    sign.className = "map-north";
    sign.textContent = this.words.north;
    return sign;
  },
});

export function addGround(map, words) {
  new Graticule(words).addTo(map);
  new North(words).addTo(map);
}
