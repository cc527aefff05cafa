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
	const double *value;	   /* of each category, NaN = none */
	struct kg_classes classes;
	struct kg_value_look shown;
	const char *remark; /* for the footer, NULL = none */
};

/* Reads names (--x) and values (--y). KG_EDATA: two rows of one place. */
enum kg_status kg_places_read(const struct kg_picture *picture, struct kg_canvas *canvas, struct kg_places *places,
			      struct kg_error *error) KG_CHECKED;

/* Number of the category that a code or name stands for in any spelling, KG_NO_NAME when the table lacks the place. */
size_t kg_places_find(const struct kg_places *places, const char *code);

/* Classes of all values; `without` further places count as without data. */
enum kg_status kg_places_classify(struct kg_canvas *canvas, struct kg_places *places, size_t without,
				  struct kg_error *error) KG_CHECKED;

/* Title, room and key: opens a panel of undistorted `width` x `height` units, y from `bottom` up. */
void kg_places_panel(struct kg_canvas *canvas, struct kg_places *places, const struct kg_rectangle *extent);

#endif
