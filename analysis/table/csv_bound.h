/* csv_bound: words beside a figure that make it a bound (">30000", "more than 30,000", "30,000 (rounded to 1,000)"),
 * and what they say of the true value. */
#ifndef KG_TABLE_CSV_BOUND_H
#define KG_TABLE_CSV_BOUND_H

#include <stdbool.h>
#include <stddef.h>

/* What a stated number says about the true one. */
enum kg_bound {
	KG_BOUND_EXACT,
	KG_BOUND_MORE_THAN,
	KG_BOUND_AT_LEAST,
	KG_BOUND_LESS_THAN,
	KG_BOUND_AT_MOST,
	KG_BOUND_NEARLY,
	KG_BOUND_ABOUT,	    /* rounded at its last digit that is not 0 */
	KG_BOUND_ROUNDED_5, /* to a multiple of 5; the others to one of a power of ten */
	KG_BOUND_ROUNDED_10,
	KG_BOUND_ROUNDED_100,
	KG_BOUND_ROUNDED_1000,
	KG_BOUND_ROUNDED_10000,
	KG_BOUND_ROUNDED_100000,
	KG_BOUND_ROUNDED_1000000,
	KG_BOUND_FROM_1_LESS_THAN, /* the same as without "from 1", but never 0 */
	KG_BOUND_FROM_1_AT_MOST
};

/* Room for a cell with words. */
#define KG_BOUND_ROOM 256

/* How a column's words are read. */
struct kg_bound_rule {
	bool words;	     /* else only signs: "under 5" may be the name of an age group */
	bool from_one;	     /* "<5" is at least 1 */
	char decimal, group; /* of the figure in "rounded to 1,000" */
};

/* Takes the words off a figure: text and length are then those of the figure, which may stand in `room`. */
enum kg_bound kg_bound_take(const char **text, size_t *length, const struct kg_bound_rule *rule,
			    char room[KG_BOUND_ROOM]);

/* The word of a qualifier column, or what may stand beside a figure (">=", "more than", "hơn"); false: neither. An
 * empty cell is exact. */
bool kg_bound_parse(const char *text, size_t length, bool from_one, enum kg_bound *bound);

/* Range of the true value. `whole`: the column holds integers, so that "<5" means at most 4, 15 rounded to 5 means 13
 * to 17 and "about 7" means 6 to 8. Counts are taken to be at least 0; below a stated 0 the range is open. */
void kg_bound_range(enum kg_bound bound, double stated, bool whole, double *low, double *high);

#endif
