/* places: one value per place, for maps and tiles. */
#ifndef KG_PLOTS_PLACES_H
#define KG_PLOTS_PLACES_H

#include "plots/caption.h"
#include "plots/classes.h"
#include "table/name_set.h"

struct kg_places {
	struct kg_series_set set; /* x names the places */
	const struct kg_series *series;
	struct kg_name_set *names; /* of the categories, numbered alike */
	struct kg_name_set *plain; /* of those that are digits, without leading zeros */
	size_t *plain_of;	   /* category of each of these, KG_NO_NAME = of several */
	const double *value;	   /* of each category, NaN = none */
	const char **name;	   /* of each category, for readers */
	bool *there;		   /* by category: it has a shape or a position, the chart says */
	const char **strange;	   /* shapes that the table does not know, the chart says */
	size_t nstrange;
	struct kg_classes classes;
	struct kg_value_look shown;
};

/* Reads names (--x) and values (--y). KG_EDATA: two rows of one place. */
enum kg_status kg_places_read(const struct kg_picture *picture, struct kg_canvas *canvas, struct kg_places *places,
			      struct kg_error *error) KG_CHECKED;

/* Number of the category that a code or name stands for in any spelling, with or without leading zeros; KG_NO_NAME when
 * the table lacks the place. */
size_t kg_places_find(const struct kg_places *places, const char *code);

/* Classes of all values; the places that are there are counted in them, others and strange ones have no data. */
enum kg_status kg_places_classify(struct kg_canvas *canvas, struct kg_places *places,
				  struct kg_error *error) KG_CHECKED;

/* Title, footer and key: opens a panel of undistorted `extent`, a unit of it at most `unit_most` pixels long. What is
 * not there, and what has no data, is listed in the footer. */
void kg_places_panel(struct kg_canvas *canvas, struct kg_places *places, const struct kg_rectangle *extent,
		     double unit_most);

/* The name in at most `lines_most` lines of `width` pixels; NULL when it needs more. */
const char *kg_places_fold(struct kg_canvas *canvas, const char *name, double width, size_t lines_most);

#endif
