#include "stats/suppression_graph.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* A search for what makes up for moving a cell; back: against the direction of the moves. */
struct way {
	size_t cell, from, to;
	bool back;
};

/* A cell by its count. */
struct priced {
	double value;
	size_t cell;
};

bool kg_suppression_known(double value)
{
	return value >= 0 && isfinite(value);
}

static size_t *count_lines(const struct kg_cells *cells, size_t key, struct kg_arena *arena)
{
	size_t *size = KG_ARRAY(arena, size_t, cells->nline[key] + 1);

	for (size_t i = 0; size && i < cells->count; i++)
		size[cells->line[key][i]]++;
	return size;
}

static bool crosses(const struct kg_cells *cells, size_t key)
{
	return cells->nline[key] < cells->count;
}

size_t kg_suppression_crossing(const struct kg_cells *cells)
{
	size_t crossing = 0;

	for (size_t j = 0; j < cells->nkey; j++)
		crossing += crosses(cells, j);
	return crossing;
}

/* Nodes of one key. Lines of a single cell share one: each is hidden with its cell, but their sum is known. */
static bool place_cells(struct kg_suppression_graph *graph, size_t side, size_t key, struct kg_arena *arena)
{
	const struct kg_cells *cells = graph->cells;
	size_t *size = count_lines(cells, key, arena), shared = cells->nline[key];

	if (!size)
		return false;
	for (size_t i = 0; i < cells->count; i++) {
		size_t line = cells->line[key][i];

		graph->end[side][i] = (uint32_t)(graph->nnode + (size[line] == 1 ? shared : line));
	}
	graph->nnode += cells->nline[key] + 1;
	return !kg_arena_failed(arena);
}

static int compare_priced(const void *a, const void *b)
{
	const struct priced *left = a, *right = b;

	if (left->value != right->value)
		return left->value < right->value ? -1 : 1;
	return (left->cell > right->cell) - (left->cell < right->cell);
}

/* Cells in the order of their counts, which is that of their costs as long as only small ones are hidden; those that
 * are not known, and so never move, come last. */
static struct priced *sort_cells(const struct kg_cells *cells, struct kg_arena *arena)
{
	struct priced *priced = KG_ARRAY(arena, struct priced, cells->count + 1);

	for (size_t i = 0; priced && i < cells->count; i++)
		priced[i] = (struct priced){ kg_suppression_known(cells->value[i]) ? cells->value[i] : INFINITY, i };
	if (priced)
		qsort(priced, cells->count, sizeof *priced, compare_priced);
	return priced;
}

size_t kg_suppression_degree(const struct kg_suppression_graph *graph, size_t node)
{
	return graph->start[node + 1] - graph->start[node];
}

/* Cells at each node. */
static bool link_cells(struct kg_suppression_graph *graph, struct kg_arena *arena)
{
	size_t count = graph->cells->count, *filled = KG_ARRAY(arena, size_t, graph->nnode + 1);
	struct priced *priced = sort_cells(graph->cells, arena);

	graph->start = KG_ARRAY(arena, size_t, graph->nnode + 1);
	graph->edge = KG_ARRAY(arena, size_t, 2 * count + 1);
	if (!priced || !filled || !graph->start || !graph->edge)
		return false;
	for (size_t side = 0; side < 2; side++)
		for (size_t i = 0; i < count; i++)
			graph->start[graph->end[side][i] + 1]++;
	for (size_t v = 0; v < graph->nnode; v++)
		graph->start[v + 1] += graph->start[v];
	for (size_t side = 0; side < 2; side++)
		for (size_t i = 0; i < count; i++) {
			size_t v = graph->end[side][priced[i].cell];

			graph->edge[graph->start[v] + filled[v]++] = priced[i].cell;
		}
	return true;
}

bool kg_suppression_open(struct kg_suppression_graph *graph, struct kg_arena *arena)
{
	const struct kg_cells *cells = graph->cells;
	size_t side = 0;

	for (size_t s = 0; s < 2; s++)
		graph->end[s] = KG_ARRAY(arena, uint32_t, cells->count + 1);
	graph->safe = KG_ARRAY(arena, bool, cells->count + 1);
	if (!graph->end[0] || !graph->end[1] || !graph->safe)
		return false;
	for (size_t j = 0; j < cells->nkey && side < 2; j++)
		if (crosses(cells, j) && !place_cells(graph, side++, j, arena))
			return false;
	for (; side < 2; side++, graph->nnode++) /* the total of all cells */
		for (size_t i = 0; i < cells->count; i++)
			graph->end[side][i] = (uint32_t)graph->nnode;
	graph->cost = KG_ARRAY(arena, double, graph->nnode + 1);
	graph->by = KG_ARRAY(arena, size_t, graph->nnode + 1);
	graph->scanned = KG_ARRAY(arena, size_t, graph->nnode + 1);
	graph->reached = KG_ARRAY(arena, size_t, graph->nnode + 1);
	graph->heap = KG_ARRAY(arena, struct kg_open_node, graph->nnode + 1);
	if (!graph->cost || !graph->by || !graph->scanned || !graph->reached || !graph->heap)
		return false;
	for (size_t v = 0; v < graph->nnode; v++)
		graph->cost[v] = INFINITY;
	return link_cells(graph, arena);
}

/* May the cell be one more, or one less, for all that is known of it? */
bool kg_suppression_can_move(const struct kg_suppression_graph *graph, size_t cell, bool raise)
{
	double value = graph->cells->value[cell];
	bool primary = value < graph->least;

	if (!kg_suppression_known(value))
		return false;
	if (raise)
		return !primary || value + 1 < graph->least;
	return value - 1 >= (primary ? 0 : graph->least);
}

/* What is lost by hiding the cell. */
static double find_cost(const struct kg_suppression_graph *graph, size_t cell)
{
	return graph->found->hidden[cell] ? 0 : graph->cells->value[cell] + 1;
}

/* The cell becomes the first of those at the node, where all that cost nothing stand. */
static void move_first(struct kg_suppression_graph *graph, size_t node, size_t cell)
{
	size_t *first = &graph->edge[graph->start[node]], at = 0;

	while (first[at] != cell)
		at++;
	memmove(first + 1, first, at * sizeof *first);
	*first = cell;
}

/* What the next cell of the node leads to costs at least this. */
static double find_key(const struct kg_suppression_graph *graph, size_t node)
{
	size_t at = graph->start[node] + graph->scanned[node];

	return at < graph->start[node + 1] ? graph->cost[node] + find_cost(graph, graph->edge[at]) : INFINITY;
}

static void swap_places(struct kg_suppression_graph *graph, size_t a, size_t b)
{
	struct kg_open_node open = graph->heap[a];

	graph->heap[a] = graph->heap[b];
	graph->heap[b] = open;
}

static void sink_top(struct kg_suppression_graph *graph)
{
	for (size_t at = 0, child = 1; child < graph->nheap; child = 2 * at + 1) {
		if (child + 1 < graph->nheap && graph->heap[child + 1].key < graph->heap[child].key)
			child++;
		if (graph->heap[child].key >= graph->heap[at].key)
			return;
		swap_places(graph, at, child);
		at = child;
	}
}

static void reach_node(struct kg_suppression_graph *graph, size_t node, double cost, size_t by)
{
	size_t at = graph->nheap++;

	graph->cost[node] = cost;
	graph->by[node] = by;
	graph->scanned[node] = 0;
	graph->reached[graph->nreached++] = node;
	graph->heap[at] = (struct kg_open_node){ find_key(graph, node), node };
	for (; at && graph->heap[at].key < graph->heap[(at - 1) / 2].key; at = (at - 1) / 2)
		swap_places(graph, at, (at - 1) / 2);
}

static struct way start_way(const struct kg_suppression_graph *graph, size_t cell, bool raise)
{
	size_t from = graph->end[raise][cell], to = graph->end[!raise][cell];
	bool back = kg_suppression_degree(graph, to) < kg_suppression_degree(graph, from);

	return (struct way){ cell, back ? to : from, back ? from : to, back };
}

/* Takes the cheapest cell that leads on; false when there is none. */
static bool take_step(struct kg_suppression_graph *graph, const struct way *way)
{
	struct kg_open_node *top = &graph->heap[0];
	size_t node = top->node, cell, other;
	double cost = top->key;
	bool low;

	if (!graph->nheap || isinf(cost))
		return false;
	cell = graph->edge[graph->start[node] + graph->scanned[node]++];
	low = graph->end[0][cell] == node;
	other = graph->end[low][cell];
	top->key = find_key(graph, node);
	sink_top(graph);
	if (cell != way->cell && isinf(graph->cost[other]) && kg_suppression_can_move(graph, cell, low != way->back))
		reach_node(graph, other, cost, cell);
	return true;
}

/* Cost of the cheapest way between the ends of a cell that makes up for moving it; infinite: there is none. Dijkstra
 * 1959 from the end with fewer cells; as these stand in the order of their costs, each node looks at one at a time, and
 * a node's cost is final when it is reached. */
double kg_suppression_find_way(struct kg_suppression_graph *graph, size_t cell, bool raise)
{
	struct way way = start_way(graph, cell, raise);

	while (graph->nreached)
		graph->cost[graph->reached[--graph->nreached]] = INFINITY;
	graph->nheap = 0;
	if (!kg_suppression_can_move(graph, cell, raise))
		return INFINITY;
	reach_node(graph, way.from, 0, KG_NO_CELL);
	while (isinf(graph->cost[way.to]) && take_step(graph, &way))
		;
	return graph->cost[way.to];
}

/* Hides the cells of the way that was found last. */
void kg_suppression_hide_way(struct kg_suppression_graph *graph, size_t cell, bool raise)
{
	struct way way = start_way(graph, cell, raise);
	size_t node = way.to;

	graph->safe[cell] = true;
	while (node != way.from) {
		size_t by = graph->by[node];

		graph->safe[by] = true;
		if (graph->found->hidden[by] == KG_SHOWN) {
			graph->found->hidden[by] = KG_HIDDEN_SECONDARY;
			graph->found->nsecondary++;
			move_first(graph, graph->end[0][by], by);
			move_first(graph, graph->end[1][by], by);
		}
		node = graph->end[graph->end[0][by] == node][by];
	}
}
