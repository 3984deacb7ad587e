// Where the phone is: one answer, or why there is none. It is asked anew each time; an old position is no sign of life.
const ASKED = { enableHighAccuracy: true, timeout: 15_000, maximumAge: 30_000 };

/** {lat, lon, precision_m}, or {why}: "none", "refused" or "not-found". */
export async function locate() {
  if (!navigator.geolocation) return { why: "none" };
  const found = await new Promise((resolve) => { navigator.geolocation.getCurrentPosition(resolve, resolve, ASKED); });
  if (!found.coords) return { why: found.code === 1 ? "refused" : "not-found" };
  const { latitude, longitude, accuracy } = found.coords;
  return { lat: Number(latitude.toFixed(5)), lon: Number(longitude.toFixed(5)), precision_m: Math.max(1, Math.round(accuracy)) };
}
