#include "stats/suppression.h"

#include <math.h>
#include <string.h>

#define NO_CELL SIZE_MAX
/* Cells looked at for a rectangle of hidden cells before the way is searched in full. */
#define TRIES_MOST 4096

/* The table as a graph: nodes are lines of two keys, first those of key 0, then those of key 1; a cell joins its two
 * lines. Raising a cell by one leads from its line of key 0 to that of key 1, lowering leads back: a cycle changes no
 * sum. */
struct graph {
	const struct kg_cells *cells;
	double least;
	size_t nnode;
	uint32_t *end[2];	    /* of a cell: its nodes */
	size_t *start, *edge;	    /* cells at node v: edge[start[v]] .. edge[start[v + 1] - 1] */
	double *cost;		    /* of the cheapest way to a node */
	size_t *by, *queue, *place; /* cell it is reached by; heap of nodes; position in it + 1 */
	size_t nqueue;
	struct kg_suppression *found;
	bool *safe; /* of a hidden cell: it lies on a cycle */
};

static bool is_known(double value)
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
static bool place_cells(struct graph *graph, size_t side, size_t key, struct kg_arena *arena)
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

/* Cells at each node. */
static bool link_cells(struct graph *graph, struct kg_arena *arena)
{
	size_t count = graph->cells->count, *filled = KG_ARRAY(arena, size_t, graph->nnode + 1);

	graph->start = KG_ARRAY(arena, size_t, graph->nnode + 1);
	graph->edge = KG_ARRAY(arena, size_t, 2 * count + 1);
	if (!filled || !graph->start || !graph->edge)
		return false;
	for (size_t side = 0; side < 2; side++)
		for (size_t i = 0; i < count; i++)
			graph->start[graph->end[side][i] + 1]++;
	for (size_t v = 0; v < graph->nnode; v++)
		graph->start[v + 1] += graph->start[v];
	for (size_t side = 0; side < 2; side++)
		for (size_t i = 0; i < count; i++) {
			size_t v = graph->end[side][i];

			graph->edge[graph->start[v] + filled[v]++] = i;
		}
	return true;
}

static bool open_graph(struct graph *graph, struct kg_arena *arena)
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
	graph->queue = KG_ARRAY(arena, size_t, graph->nnode + 1);
	graph->place = KG_ARRAY(arena, size_t, graph->nnode + 1);
	return graph->cost && graph->by && graph->queue && graph->place && link_cells(graph, arena);
}

/* May the cell be one more, or one less, for all that is known of it? */
static bool can_move(const struct graph *graph, size_t cell, bool raise)
{
	double value = graph->cells->value[cell];
	bool primary = value < graph->least;

	if (!is_known(value))
		return false;
	if (raise)
		return !primary || value + 1 < graph->least;
	return value - 1 >= (primary ? 0 : graph->least);
}

/* What is lost by hiding the cell. */
static double find_cost(const struct graph *graph, size_t cell)
{
	return graph->found->hidden[cell] ? 0 : graph->cells->value[cell] + 1;
}

static void swap_places(struct graph *graph, size_t a, size_t b)
{
	size_t node = graph->queue[a];

	graph->queue[a] = graph->queue[b];
	graph->queue[b] = node;
	graph->place[graph->queue[a]] = a + 1;
	graph->place[graph->queue[b]] = b + 1;
}

static void lift_node(struct graph *graph, size_t at)
{
	for (; at && graph->cost[graph->queue[at]] < graph->cost[graph->queue[(at - 1) / 2]]; at = (at - 1) / 2)
		swap_places(graph, at, (at - 1) / 2);
}

static void offer_node(struct graph *graph, size_t node, double cost, size_t by)
{
	if (cost >= graph->cost[node])
		return;
	graph->cost[node] = cost;
	graph->by[node] = by;
	if (!graph->place[node]) {
		graph->queue[graph->nqueue] = node;
		graph->place[node] = ++graph->nqueue;
	}
	lift_node(graph, graph->place[node] - 1);
}

static size_t take_nearest(struct graph *graph)
{
	size_t node = graph->queue[0], at = 0;

	swap_places(graph, 0, --graph->nqueue);
	for (;;) {
		size_t child = 2 * at + 1;

		if (child + 1 < graph->nqueue &&
		    graph->cost[graph->queue[child + 1]] < graph->cost[graph->queue[child]])
			child++;
		if (child >= graph->nqueue || graph->cost[graph->queue[child]] >= graph->cost[graph->queue[at]])
			break;
		swap_places(graph, at, child);
		at = child;
	}
	graph->place[node] = 0;
	return node;
}

/* Dijkstra 1959: cost of the cheapest way between the ends of a cell that makes up for moving it; infinite: there is
 * none. */
static double find_way(struct graph *graph, size_t cell, bool raise)
{
	size_t from = graph->end[raise][cell], to = graph->end[!raise][cell];

	for (size_t v = 0; v < graph->nnode; v++) {
		graph->cost[v] = INFINITY;
		graph->place[v] = 0;
	}
	graph->nqueue = 0;
	if (!can_move(graph, cell, raise))
		return INFINITY;
	offer_node(graph, from, 0, NO_CELL);
	while (graph->nqueue) {
		size_t node = take_nearest(graph);

		if (node == to)
			break;
		for (size_t k = graph->start[node]; k < graph->start[node + 1] && graph->cost[to] > graph->cost[node];
		     k++) {
			size_t next = graph->edge[k];
			bool up = graph->end[0][next] == node;

			if (next != cell && can_move(graph, next, up))
				offer_node(graph, graph->end[up][next], graph->cost[node] + find_cost(graph, next),
					   next);
		}
	}
	return graph->cost[to];
}

/* Hides the cells of the way that was found last. */
static void hide_way(struct graph *graph, size_t cell, bool raise)
{
	size_t node = graph->end[!raise][cell], from = graph->end[raise][cell];

	graph->safe[cell] = true;
	while (node != from) {
		size_t by = graph->by[node];

		graph->safe[by] = true;
		if (graph->found->hidden[by] == KG_SHOWN) {
			graph->found->hidden[by] = KG_HIDDEN_SECONDARY;
			graph->found->nsecondary++;
		}
		node = graph->end[graph->end[0][by] == node][by];
	}
}

static bool is_free(const struct graph *graph, size_t cell, bool raise)
{
	return graph->found->hidden[cell] && can_move(graph, cell, raise);
}

/* A hidden cell between two nodes that can be moved, NO_CELL when there is none; looks at the cells of `node`. */
static size_t find_between(const struct graph *graph, size_t node, size_t other, size_t side, bool raise)
{
	for (size_t k = graph->start[node]; k < graph->start[node + 1]; k++)
		if (graph->end[!side][graph->edge[k]] == other && is_free(graph, graph->edge[k], raise))
			return graph->edge[k];
	return NO_CELL;
}

/* The third and fourth cell of a rectangle whose first is `cell` and whose second is `second`, both on one line. Marks
 * them. */
static bool close_rectangle(struct graph *graph, size_t cell, size_t second, bool raise, size_t *tries)
{
	size_t side = graph->end[1][second] == graph->end[1][cell];
	size_t across = graph->end[!side][second], back = graph->end[!side][cell];

	for (size_t k = graph->start[across]; k < graph->start[across + 1] && *tries < TRIES_MOST; k++, ++*tries) {
		size_t third = graph->edge[k], fourth;

		if (graph->end[side][third] == graph->end[side][cell] || !is_free(graph, third, raise))
			continue;
		fourth = find_between(graph, graph->end[side][third], back, side, !raise);
		if (fourth == NO_CELL)
			continue;
		graph->safe[second] = graph->safe[third] = graph->safe[fourth] = true;
		return true;
	}
	return false;
}

/* Cells that are hidden already protect one another at no loss: two between the same lines, or four of a rectangle.
 * Only saves time, for the full search finds such a way too. */
static bool protect_by_hidden(struct graph *graph, size_t cell, bool raise)
{
	size_t degree[2], side, node, tries = 0;

	for (size_t s = 0; s < 2; s++)
		degree[s] = graph->start[graph->end[s][cell] + 1] - graph->start[graph->end[s][cell]];
	side = degree[1] < degree[0];
	node = graph->end[side][cell];
	for (size_t k = graph->start[node]; k < graph->start[node + 1] && tries < TRIES_MOST; k++, tries++) {
		size_t second = graph->edge[k];
		bool parallel = graph->end[!side][second] == graph->end[!side][cell];

		if (second == cell || !can_move(graph, cell, raise) || !is_free(graph, second, !raise))
			continue;
		if (parallel || close_rectangle(graph, cell, second, raise, &tries)) {
			graph->safe[second] = graph->safe[cell] = true;
			return true;
		}
	}
	return false;
}

static void protect(struct graph *graph, size_t cell)
{
	double up, down;

	if (graph->safe[cell] || protect_by_hidden(graph, cell, false) || protect_by_hidden(graph, cell, true))
		return;
	down = find_way(graph, cell, false);
	up = down > 0 ? find_way(graph, cell, true) : INFINITY;
	if (isinf(up) && isinf(down)) {
		graph->found->exposed[cell] = true;
		graph->found->nexposed++;
		return;
	}
	if (down <= up && down > 0)
		down = find_way(graph, cell, false);
	hide_way(graph, cell, up < down);
}

bool kg_suppress(const struct kg_cells *cells, double least, struct kg_arena *arena, struct kg_suppression *found)
{
	struct graph graph = { .cells = cells, .least = least, .found = found };

	*found = (struct kg_suppression){ .hidden = KG_ARRAY(arena, uint8_t, cells->count + 1),
					  .exposed = KG_ARRAY(arena, bool, cells->count + 1) };
	if (!found->hidden || !found->exposed || !open_graph(&graph, arena))
		return false;
	for (size_t i = 0; i < cells->count; i++) {
		if (!is_known(cells->value[i]) || cells->value[i] >= least)
			continue;
		found->hidden[i] = KG_HIDDEN_PRIMARY;
		found->nprimary++;
	}
	for (size_t i = 0; i < cells->count && cells->count > 1; i++)
		if (found->hidden[i] == KG_HIDDEN_PRIMARY)
			protect(&graph, i);
	return true;
}

/* Its call is kg_suppress. */
const struct kg_stat kg_stat_suppression = {
	.program = "suppression",
	.id = "suppression",
	.title = "small counts hidden, and others so that totals do not give them away",
	.formula =
	    "primary: counts below K; secondary: for each of them the cheapest cycle of cells that can be raised and "
	    "lowered by 1 in turn with all totals over the --by columns unchanged, at a cost of the count + 1 for each "
	    "cell that is not hidden yet; every hidden cell then has at least two possible values",
	.source = "Cox 1995, Journal of the American Statistical Association 90:1453-1462; Dijkstra 1959, Numerische "
		  "Mathematik 1:269-271",
	.assumes =
	    "readers know the totals over each --by column, that counts are whole and not negative, and from the "
	    "note that primary cells are below K and secondary ones are not. Tables of other --by columns that are "
	    "published beside it are not taken into account. At most two columns may cross",
	.agrees = "all whole solutions of the totals, counted for hundreds of random tables in the unit test",
	.unit = "cells",
	.needs = KG_NEEDS_Y,
	.min_n = 1,
	.terms_most = 1,
};
