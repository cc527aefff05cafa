/* suppression_graph: a table of counts as a graph, and the cheapest cells that make up for moving one; the search
 * behind kg_suppress. */
#ifndef KG_STATS_SUPPRESSION_GRAPH_H
#define KG_STATS_SUPPRESSION_GRAPH_H

#include "stats/suppression.h"

#define KG_NO_CELL SIZE_MAX

/* A node that may lead on, and what it costs at least to go on from it. */
struct kg_open_node {
	double key;
	size_t node;
};

/* The table as a graph: nodes are lines of two keys, first those of key 0, then those of key 1; a cell joins its two
 * lines. Raising a cell by one leads from its line of key 0 to that of key 1, lowering leads back: a cycle changes no
 * sum. */
struct kg_suppression_graph {
	const struct kg_cells *cells;
	double least;
	size_t nnode;
	uint32_t *end[2];	   /* of a cell: its nodes */
	size_t *start, *edge;	   /* cells at node v: edge[start[v]] .. edge[start[v + 1] - 1], hidden ones first,
				    * then the cheapest */
	double *cost;		   /* of the cheapest way to a node; infinite: not reached */
	size_t *by, *scanned;	   /* cell a node is reached by; how many of its cells have been looked at */
	size_t *reached, nreached; /* nodes of the last search */
	struct kg_open_node *heap;
	size_t nheap;
	struct kg_suppression *found;
	bool *safe; /* of a hidden cell: it lies on a cycle */
};

/* Is this the count of a cell? */
bool kg_suppression_known(double value);

/* The graph of graph->cells, of which graph->least and graph->found are set, and in found the cells below `least`
 * hidden. False when memory is out. */
bool kg_suppression_open(struct kg_suppression_graph *graph, struct kg_arena *arena);

/* Number of cells at a node. */
size_t kg_suppression_degree(const struct kg_suppression_graph *graph, size_t node);

/* May the cell be one more, or one less, for all that is known of it? */
bool kg_suppression_can_move(const struct kg_suppression_graph *graph, size_t cell, bool raise);

/* Cost of the cheapest way between the ends of a cell that makes up for moving it: of each cell that is not hidden yet
 * its count + 1. Infinite: there is none. */
double kg_suppression_find_way(struct kg_suppression_graph *graph, size_t cell, bool raise);

/* Hides the cells of the way that was found last, which was for this move of this cell. */
void kg_suppression_hide_way(struct kg_suppression_graph *graph, size_t cell, bool raise);

#endif
