/* choose: which columns a chart takes when the caller names none, and how a column is called in a figure. */
#ifndef KG_PLOTS_CHOOSE_H
#define KG_PLOTS_CHOOSE_H

#include "plots/series.h"

/* True when the table is a result of a program: it has term, estimate, conf_low and conf_high. */
bool kg_choose_is_tidy(const struct kg_table *table);

/* The kind of periods a column holds. False: not periods (numbers that are no years, other texts). */
bool kg_choose_period(const struct kg_column *column, size_t nrow, bool by_name, enum kg_period_kind *kind);

/* Fills x, y, low, high, label of the set from the picture, or by choice. Errors as kg_series_read. */
enum kg_status kg_choose_columns(const struct kg_picture *picture, const struct kg_series_plan *plan,
				 struct kg_series_set *set, struct kg_error *error) KG_CHECKED;

/* The group column: the named one, else, when rows share an x and must not, the first text column that tells them
 * apart. NULL = none needed. */
enum kg_status kg_choose_group(const struct kg_picture *picture, const struct kg_series_plan *plan,
			       struct kg_arena *arena, struct kg_series_set *set, struct kg_error *error) KG_CHECKED;

#endif
