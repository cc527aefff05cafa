/* query_range_tree: arithmetic over figures with bounds as a tree. Only for table/query_range*.c. */
#ifndef KG_TABLE_QUERY_RANGE_TREE_H
#define KG_TABLE_QUERY_RANGE_TREE_H

#include "table/query_range.h"

/* Figures with bounds in one expression: its ends are sought at 2^4 corners. */
#define KG_RANGE_VARIABLES 4
#define KG_RANGE_DENOMINATORS 8
#define KG_RANGE_DEPTH 100
#define KG_RANGE_LENGTH 100000 /* of the ends as SQL, which double with each function around a corner */

enum kg_range_kind { KG_RANGE_LEAF, KG_RANGE_VARIABLE, KG_RANGE_NEGATE, KG_RANGE_BINARY };

/* The value is a quotient of two sums; top and bottom are their degrees in each variable. */
struct kg_range_node {
	enum kg_range_kind kind;
	char sign;	     /* + - * / */
	struct kg_span text; /* of a leaf */
	size_t variable;
	const struct kg_range_node *left, *right;
	unsigned char top[KG_RANGE_VARIABLES], bottom[KG_RANGE_VARIABLES];
};

struct kg_range_variable {
	struct kg_span text;
	const char *low, *high;
};

struct kg_range_parser {
	const char *at, *end;
	const struct kg_names *bounded;
	struct kg_arena *arena;
	struct kg_range_variable variable[KG_RANGE_VARIABLES];
	const struct kg_range_node *denominator[KG_RANGE_DENOMINATORS]; /* those with variables */
	size_t nvariable, ndenominator;
	unsigned depth; /* of brackets, signs and functions */
	size_t ncolumn; /* columns with bounds outside of functions */
	bool failed, aggregates, bare;
};

/* NULL, with the parser marked as failed. */
struct kg_range_node *kg_range_fail(struct kg_range_parser *parser);

struct kg_range_node *kg_range_leaf(struct kg_range_parser *parser, struct kg_span text);

/* A figure with ends `low` and `high`; the same text is the same figure. Fails when it shares a column with another. */
struct kg_range_node *kg_range_variable(struct kg_range_parser *parser, struct kg_span text, const char *low,
					const char *high);

struct kg_range_node *kg_range_negate(struct kg_range_parser *parser, const struct kg_range_node *of);

/* Reads terms with + and -, and factors (kg_range_factor, which query_range.c has) with * and /. */
struct kg_range_node *kg_range_sum(struct kg_range_parser *parser);
struct kg_range_node *kg_range_factor(struct kg_range_parser *parser);

/* The node is one figure alone. */
bool kg_range_is_plain(const struct kg_range_node *node);

/* SQL of the least or greatest value over all corners; NULL when it is not sure to be at one or memory is out. */
const char *kg_range_end(struct kg_range_parser *parser, const struct kg_range_node *node, bool high);

#endif
