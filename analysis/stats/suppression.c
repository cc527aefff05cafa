#include "stats/suppression_graph.h"

#include <math.h>

/* Cells looked at for a rectangle of hidden cells before the way is searched in full. */
#define TRIES_MOST 4096

/* Is edge k one of a hidden cell at the node? These come first. */
static bool is_hidden(const struct kg_suppression_graph *graph, size_t node, size_t k)
{
	return k < graph->start[node + 1] && graph->found->hidden[graph->edge[k]];
}

static bool is_free(const struct kg_suppression_graph *graph, size_t cell, bool raise)
{
	return graph->found->hidden[cell] && kg_suppression_can_move(graph, cell, raise);
}

/* A hidden cell between two nodes that can be moved, KG_NO_CELL when there is none; looks at the cells of `node`. */
static size_t find_between(const struct kg_suppression_graph *graph, size_t node, size_t other, size_t side, bool raise)
{
	for (size_t k = graph->start[node]; is_hidden(graph, node, k); k++)
		if (graph->end[!side][graph->edge[k]] == other && is_free(graph, graph->edge[k], raise))
			return graph->edge[k];
	return KG_NO_CELL;
}

/* The third and fourth cell of a rectangle whose first is `cell` and whose second is `second`, both on one line. Marks
 * them. */
static bool close_rectangle(struct kg_suppression_graph *graph, size_t cell, size_t second, bool raise, size_t *tries)
{
	size_t side = graph->end[1][second] == graph->end[1][cell];
	size_t across = graph->end[!side][second], back = graph->end[!side][cell];

	for (size_t k = graph->start[across]; is_hidden(graph, across, k) && *tries < TRIES_MOST; k++, ++*tries) {
		size_t third = graph->edge[k], fourth;

		if (graph->end[side][third] == graph->end[side][cell] || !is_free(graph, third, raise))
			continue;
		fourth = find_between(graph, graph->end[side][third], back, side, !raise);
		if (fourth == KG_NO_CELL)
			continue;
		graph->safe[second] = graph->safe[third] = graph->safe[fourth] = true;
		return true;
	}
	return false;
}

/* Cells that are hidden already protect one another at no loss: two between the same lines, or four of a rectangle.
 * Only saves time, for the full search finds such a way too. */
static bool protect_by_hidden(struct kg_suppression_graph *graph, size_t cell, bool raise)
{
	size_t degree[2], side, node, tries = 0;

	for (size_t s = 0; s < 2; s++)
		degree[s] = kg_suppression_degree(graph, graph->end[s][cell]);
	side = degree[1] < degree[0];
	node = graph->end[side][cell];
	for (size_t k = graph->start[node]; is_hidden(graph, node, k) && tries < TRIES_MOST; k++, tries++) {
		size_t second = graph->edge[k];
		bool parallel = graph->end[!side][second] == graph->end[!side][cell];

		if (second == cell || !kg_suppression_can_move(graph, cell, raise) || !is_free(graph, second, !raise))
			continue;
		if (parallel || close_rectangle(graph, cell, second, raise, &tries)) {
			graph->safe[second] = graph->safe[cell] = true;
			return true;
		}
	}
	return false;
}

static void protect(struct kg_suppression_graph *graph, size_t cell)
{
	double up, down;

	if (graph->safe[cell] || protect_by_hidden(graph, cell, false) || protect_by_hidden(graph, cell, true))
		return;
	down = kg_suppression_find_way(graph, cell, false);
	up = down > 0 ? kg_suppression_find_way(graph, cell, true) : INFINITY;
	if (isinf(up) && isinf(down)) {
		graph->found->exposed[cell] = true;
		graph->found->nexposed++;
		return;
	}
	if (down <= up && down > 0)
		down = kg_suppression_find_way(graph, cell, false);
	kg_suppression_hide_way(graph, cell, up < down);
}

bool kg_suppress(const struct kg_cells *cells, double least, struct kg_arena *arena, struct kg_suppression *found)
{
	struct kg_suppression_graph graph = { .cells = cells, .least = least, .found = found };

	*found = (struct kg_suppression){ .hidden = KG_ARRAY(arena, uint8_t, cells->count + 1),
					  .exposed = KG_ARRAY(arena, bool, cells->count + 1) };
	if (!found->hidden || !found->exposed || !kg_suppression_open(&graph, arena))
		return false;
	for (size_t i = 0; i < cells->count; i++) {
		if (!kg_suppression_known(cells->value[i]) || cells->value[i] >= least)
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
