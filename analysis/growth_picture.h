/* growth_picture: the chart of a fitted series: observations with the model beside them, for the chart `trend`. */
#ifndef KG_GROWTH_PICTURE_H
#define KG_GROWTH_PICTURE_H

#include "growth_series.h"

/* A model at the periods of one segment. */
struct kg_picture_curve {
	double *fitted, *low, *high; /* NaN = none */
	bool *bend;		     /* a joinpoint lies there */
};

/* Fills the curve, which comes without values. False when memory is out. */
typedef bool kg_picture_fit(void *context, const struct kg_series *part, size_t group, struct kg_arena *scratch,
			    struct kg_picture_curve *curve);

/* Replaces the default chart of `result` by one with the model, when there are few enough series to be told apart.
 * KG_ENOMEM. */
enum kg_status kg_picture_fitted(const struct kg_series_source *source, kg_picture_fit *fit, void *context,
				 struct kg_arena *arena, struct kg_result *result, struct kg_error *error) KG_CHECKED;

#endif
