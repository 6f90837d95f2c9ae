// A source and a layer of all rest rooms for MapLibre, from the TileJSON.
// node tiles.mjs https://zhitu.example.org

const answer = await fetch(`${process.argv[2]}/tiles/rest_room.json`);
if (!answer.ok) throw new Error((await answer.json()).detail);
const said = await answer.json();

// For a base map in GCJ-02 take rest_room_gcj02 instead; the two never mix.
const source = { type: "vector", tiles: said.tiles, maxzoom: said.maxzoom };
const [{ id }] = said.vector_layers;
const layer = { id, type: "circle", source: id, "source-layer": id };
console.log(JSON.stringify({ sources: { [id]: source }, layers: [layer] }));
