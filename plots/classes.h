/* classes: values of places in five classes with round limits, for maps, tiles and heat maps. */
#ifndef KG_PLOTS_CLASSES_H
#define KG_PLOTS_CLASSES_H

#include "plots/axis.h"

#define KG_CLASSES 5

struct kg_classes {
	size_t count;							     /* 1 to KG_CLASSES */
	double limit[KG_CLASSES + 1], unit; /* limits are multiples of it */ /* class c: limit[c] <= value < limit[c +
										1]; the last holds its upper limit */
	size_t places[KG_CLASSES];					     /* values in each class */
	size_t missing;
	bool diverging; /* around zero */
	/* Classes of texts (plots/category.h), whose values are their numbers; NULL = of numbers. */
	const char *name[KG_CLASSES], *hex[KG_CLASSES];
};

/* Limits near the quintiles, made round and distinct; around zero when values have both signs. */
void kg_classes_make(const double *value, size_t n, struct kg_arena *arena, struct kg_classes *classes);

/* The class of a value; KG_CLASSES for a missing one. */
size_t kg_classes_find(const struct kg_classes *classes, double value);

/* "#rrggbb" of a class; KG_CLASSES = no data. */
const char *kg_classes_hex(const struct kg_classes *classes, size_t class);

/* What stands for a class where there are no colours, drawn with characters: "A" for the lowest; "-" = no data. */
const char *kg_classes_letter(size_t class);

/* True when white text is read better on it. */
bool kg_classes_dark(const struct kg_classes *classes, size_t class);

/* Squares with "20–40" and the number of places, in a column from the upper left corner x, y. `look` says how numbers
 * are written. Returns the width it needs when `canvas->npanel` is 0 (then nothing is written). */
double kg_classes_key(struct kg_canvas *canvas, const struct kg_classes *classes, const struct kg_value_look *look,
		      double x, double y);

#endif
