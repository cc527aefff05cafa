/* repeats: two values of one series at the same place along x, which a line or a bar cannot show. */
#ifndef KG_PLOTS_REPEATS_H
#define KG_PLOTS_REPEATS_H

#include "plots/series.h"

/* KG_EDATA: a series has two values at one x; names the rows, the column in which they differ, and what to do. */
enum kg_status kg_repeats_refuse(const struct kg_picture *picture, const struct kg_series_set *set,
				 struct kg_error *error) KG_CHECKED;

#endif
