// The nearest three places with hot meals to a position, from a page of any site or from Node.
// node points.mjs https://zhitu.example.org/ogc 121.471 31.235

const [url, lon, lat] = [process.argv[2], Number(process.argv[3]), Number(process.argv[4])];

function metres([x, y]) {
  const east = (x - lon) * 111320 * Math.cos((lat * Math.PI) / 180);
  return Math.hypot(east, (y - lat) * 110574);
}

const asked = new URLSearchParams({
  bbox: [lon - 0.02, lat - 0.02, lon + 0.02, lat + 0.02].join(","),
  with: "hot_meal",
  limit: "1000",
});
const answer = await fetch(`${url}/collections/places/items?${asked}`);
if (!answer.ok) throw new Error((await answer.json()).detail);
const { features } = await answer.json();

features
  .filter((one) => one.geometry) // named, but not on the map yet
  .map((one) => ({ name: one.properties.name, away: metres(one.geometry.coordinates) }))
  .sort((one, other) => one.away - other.away)
  .slice(0, 3)
  .forEach((one) => console.log(`${one.name} ${Math.round(one.away)} m`));
