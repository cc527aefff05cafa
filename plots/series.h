/* series: the columns of a picture's table as series of points, for charts with an x and a y. Lives in the arena. */
#ifndef KG_PLOTS_SERIES_H
#define KG_PLOTS_SERIES_H

#include "report/picture.h"
#include "table/period.h"

enum kg_horizontal {
	KG_X_NUMBER,
	KG_X_TIME,    /* x in years; periods known */
	KG_X_CATEGORY /* x = 1, 2, ... in order of first appearance */
};

/* Points in x order (categories: in order of appearance). NaN = missing. */
struct kg_series {
	const char *name; /* value of the group column; NULL = the only series */
	size_t n;
	uint32_t *row; /* of the table */
	double *x, *y, *low, *high, *bound_low, *bound_high; /* infinite: an interval or bound is open there */
	bool *joined; /* to the point before: false at the first, after missing periods, and across breaks */
};

struct kg_series_set {
	struct kg_series *series;
	size_t count, npoint, nempty; /* npoint: rows with x and y; nempty: the others */
	enum kg_horizontal horizontal;
	enum kg_period_kind period; /* KG_X_TIME */
	const struct kg_column *x, *y, *low, *high, *group, *label;
	const char *const *category; /* KG_X_CATEGORY: text of x = i + 1 */
	size_t ncategory;
	bool has_interval, has_bounds, tidy;
	double x_least, x_most, y_least, y_most; /* over values, intervals and finite bounds */
};

struct kg_series_plan {
	bool category_x; /* x names things, even when it is a number */
	bool number_x;	 /* x must be a number */
	bool need_group; /* rows that share an x must be told apart by a group (lines, bars) */
};

/* KG_EUSAGE: a column is named that does not exist, or none can be chosen (says which option names it).
 * KG_EDATA: text where a number is needed; with need_group, a series with two values at one x. */
enum kg_status kg_series_read(const struct kg_picture *picture, const struct kg_series_plan *plan,
			      struct kg_arena *arena, struct kg_series_set *set, struct kg_error *error) KG_CHECKED;

/* True when the definition of the series changed after `before` and not later than `after`, both in years. */
bool kg_series_breaks(const struct kg_provenance *from, double before, double after);

/* Widens the range of y so that it holds `low` and `high`, where they are finite. */
void kg_series_include(struct kg_series_set *set, double low, double high);

/* The unit of the y values: the column's, or, in a tidy result where all rows agree, that of the rows. NULL = none. */
const char *kg_series_unit(const struct kg_picture *picture, const struct kg_series_set *set);

#endif
