// Lines that the sky and the globe draw on a flat map. Degrees throughout; pure functions.
const RAD = Math.PI / 180;

/** Where the sun stands in the zenith at a moment (ms since 1970): {lat, lon}, to about a quarter of a degree (Meeus, ch. 25, low accuracy). */
export function zenith(moment) {
  const days = moment / 86400000 - 10957.5;
  const anomaly = (357.529 + 0.98560028 * days) * RAD;
  const longitude = (280.459 + 0.98564736 * days + 1.915 * Math.sin(anomaly) + 0.02 * Math.sin(2 * anomaly)) * RAD;
  const tilt = (23.439 - 0.00000036 * days) * RAD;
  const lat = Math.asin(Math.sin(tilt) * Math.sin(longitude)) / RAD;
  const right = Math.atan2(Math.cos(tilt) * Math.sin(longitude), Math.cos(longitude)) / RAD;
  const sidereal = 280.46061837 + 360.98564736629 * days;
  return { lat, lon: ((((right - sidereal) % 360) + 540) % 360) - 180 };
}

/** The night as one polygon (GeoJSON): everything on the dark side of the line of sunset. */
export function night(moment) {
  const sun = zenith(moment);
  const tilt = Math.abs(sun.lat) < 0.05 ? 0.05 * Math.sign(sun.lat || 1) : sun.lat;
  const ring = [];
  for (let lon = -180; lon <= 180; lon += 2) {
    ring.push([lon, Math.atan(-Math.cos((lon - sun.lon) * RAD) / Math.tan(tilt * RAD)) / RAD]);
  }
  const pole = tilt > 0 ? -90 : 90;
  ring.push([180, pole], [-180, pole], ring[0]);
  return { type: "Feature", properties: {}, geometry: { type: "Polygon", coordinates: [ring] } };
}

const onSphere = ([lon, lat]) => [Math.cos(lat * RAD) * Math.cos(lon * RAD), Math.cos(lat * RAD) * Math.sin(lon * RAD), Math.sin(lat * RAD)];

/** The shortest way over the globe between two [lon, lat] points, as a line whose longitudes never jump. */
export function greatCircle(from, to, steps = 64) {
  const [a, b] = [onSphere(from), onSphere(to)];
  const angle = Math.acos(Math.min(1, Math.max(-1, a[0] * b[0] + a[1] * b[1] + a[2] * b[2])));
  if (angle < 1e-6) return [from, to];
  const line = [];
  for (let step = 0; step <= steps; step++) {
    const [p, q] = [Math.sin((1 - step / steps) * angle) / Math.sin(angle), Math.sin((step / steps) * angle) / Math.sin(angle)];
    const [x, y, z] = a.map((value, axis) => p * value + q * b[axis]);
    let lon = Math.atan2(y, x) / RAD;
    const before = line.at(-1)?.[0] ?? lon;
    lon += 360 * Math.round((before - lon) / 360);
    line.push([lon, Math.atan2(z, Math.hypot(x, y)) / RAD]);
  }
  return line;
}
