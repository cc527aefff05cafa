/* ticks: round positions for the marks of an axis, and their texts. */
#ifndef KG_PLOTS_TICKS_H
#define KG_PLOTS_TICKS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/number.h"

#define KG_TICK_MOST 24

struct kg_tick {
	double at;
	const char *label;
};

enum kg_tick_kind {
	KG_TICK_NUMBER,
	KG_TICK_WHOLE,	 /* whole numbers only (counts, years) */
	KG_TICK_YEAR,	 /* whole and not grouped: 2010, never 2,010 or 2010.5 */
	KG_TICK_PERCENT, /* a number with % behind */
	KG_TICK_SHARE	 /* a fraction 0-1, written as percent */
};

struct kg_ticks {
	size_t count;
	int decimals;
	double step;
	struct kg_tick tick[KG_TICK_MOST];
};

/* Ticks inside [from, to], about `want` of them (4 to 7 come out well), at multiples of 1, 2, 2.5 or 5 x 10^k. */
void kg_ticks_make(double from, double to, size_t want, enum kg_tick_kind kind, struct kg_ticks *ticks);

/* Moves both ends outwards to multiples of the step that kg_ticks_make would choose. */
void kg_ticks_widen(double *from, double *to, size_t want, enum kg_tick_kind kind);

/* Fills the texts. KG_ENOMEM shows as NULL labels and in the arena. */
void kg_ticks_label(struct kg_ticks *ticks, enum kg_tick_kind kind, enum kg_language language, struct kg_arena *arena);

/* One number as on an axis, in the arena. */
const char *kg_tick_text(double value, int decimals, enum kg_tick_kind kind, enum kg_language language,
			 struct kg_arena *arena);

#endif
