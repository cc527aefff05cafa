/* values: order of values, for histograms, boxes and classes. */
#ifndef KG_PLOTS_VALUES_H
#define KG_PLOTS_VALUES_H

#include "plots/series.h"

/* Quantile of ascending values by linear interpolation (type 7 of Hyndman and Fan 1996). NaN for none. */
double kg_values_quantile(const double *ascending, size_t n, double p);

/* Sorts values up, NaN left out; returns how many are left. */
size_t kg_values_sort(double *value, size_t n);

/* Reads the y column alone: rows are their own x. `*value` ascending, `*n` of them.
 * KG_EUSAGE, KG_EDATA as kg_series_read. */
enum kg_status kg_values_read(const struct kg_picture *picture, struct kg_arena *arena, struct kg_series_set *set,
			      double **value, size_t *n, struct kg_error *error) KG_CHECKED;

#endif
