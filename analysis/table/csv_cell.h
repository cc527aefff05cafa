/* csv_cell: one cell of a CSV file: what number, bound, date or truth value its text states. */
#ifndef KG_TABLE_CSV_CELL_H
#define KG_TABLE_CSV_CELL_H

#include "table/table.h"

/* What a stated number says about the true one. */
enum kg_bound {
	KG_BOUND_EXACT,
	KG_BOUND_MORE_THAN,
	KG_BOUND_AT_LEAST,
	KG_BOUND_LESS_THAN,
	KG_BOUND_AT_MOST,
	KG_BOUND_NEARLY,
	KG_BOUND_ROUNDED_5, /* to a multiple of 5; the others to one of a power of ten */
	KG_BOUND_ROUNDED_10,
	KG_BOUND_ROUNDED_100,
	KG_BOUND_ROUNDED_1000,
	KG_BOUND_ROUNDED_10000,
	KG_BOUND_ROUNDED_100000,
	KG_BOUND_ROUNDED_1000000
};

/* How the cells of one column are read. All texts are borrowed. */
struct kg_cell_rule {
	enum kg_type type; /* KG_REAL while the type is guessed */
	bool guessed;	   /* no schema says the type: a code such as "05248" is then no number */
	bool as_text;	   /* cells as written, only empty ones missing */
	char decimal, group;
	const char *format;	    /* of dates: NULL or "default" = ISO, else %Y %m %d and literal characters */
	const char *const *missing; /* texts that mean missing besides the empty one; NULL = "NA", in numbers only */
	size_t nmissing;
};

/* Longest cell of a guessed column that can be a number. */
#define KG_CELL_MOST 255

enum kg_cell_kind { KG_CELL_VALUE, KG_CELL_MISSING, KG_CELL_ODD, KG_CELL_LARGE };

struct kg_cell {
	double real;
	enum kg_bound bound;
	bool whole; /* written without decimals or exponent */
};

/* Reads a cell of a column that is not text. KG_CELL_ODD: does not fit the type; KG_CELL_LARGE: a number, but beyond
 * what a double holds (integers: 2^53). */
enum kg_cell_kind kg_cell_read(const char *text, size_t length, const struct kg_cell_rule *rule, struct kg_cell *cell);

/* True when the text means missing under the rule, for columns of any type. */
bool kg_cell_missing(const char *text, size_t length, const struct kg_cell_rule *rule);

/* The word of a qualifier column, or what may stand before a figure (">=", "more than", "hơn"); false: neither. An
 * empty cell is exact. */
bool kg_bound_parse(const char *text, size_t length, enum kg_bound *bound);

/* Range of the true value. `whole`: the column holds integers, so that "<5" means at most 4 and 15 rounded to 5 means
 * 13 to 17. Counts are taken to be at least 0; below a stated 0 the range is open. */
void kg_bound_range(enum kg_bound bound, double stated, bool whole, double *low, double *high);

#endif
