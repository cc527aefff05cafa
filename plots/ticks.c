#include "plots/ticks.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Beyond these an axis is written in powers of ten. */
#define PLAIN_MOST 1e12
#define PLAIN_LEAST 1e-6
#define POWER_DIGITS 2
#define POWER_DIGITS_MOST 6
/* A position this near to a multiple of the step is that multiple: rounding of the division. */
#define NEAR_MULTIPLE 1e-9

static const double round_step[] = { 1, 2, 2.5, 5, 10 };

static bool is_whole(enum kg_tick_kind kind)
{
	return kind == KG_TICK_WHOLE || kind == KG_TICK_YEAR;
}

/* The round step that gives the count nearest to `want`. */
static double choose_step(double span, size_t want, enum kg_tick_kind kind)
{
	double rough = span / (double)(want > 1 ? want - 1 : 1), power = pow(10, floor(log10(rough)));
	double best = power * 10;

	for (size_t i = 0; i < sizeof round_step / sizeof round_step[0]; i++) {
		double step = round_step[i] * power;

		if (is_whole(kind) && step != floor(step))
			continue;
		if (fabs(log(step / rough)) < fabs(log(best / rough)))
			best = step;
	}
	return is_whole(kind) && best < 1 ? 1 : best;
}

/* Decimals that a multiple of `step` needs (of 100 x step for shares). */
static int count_decimals(double step, enum kg_tick_kind kind)
{
	double shown = kind == KG_TICK_SHARE ? step * 100 : step;
	int decimals = 0;

	while (decimals < 12 && fabs(shown - round(shown)) > NEAR_MULTIPLE * fmax(1, fabs(shown))) {
		shown *= 10;
		decimals++;
	}
	return decimals;
}

void kg_ticks_make(double from, double to, size_t want, enum kg_tick_kind kind, struct kg_ticks *ticks)
{
	double first;

	*ticks = (struct kg_ticks){ 0 };
	if (!(to > from) || !isfinite(from) || !isfinite(to))
		return;
	ticks->step = choose_step(to - from, want, kind);
	ticks->decimals = count_decimals(ticks->step, kind);
	first = ceil(from / ticks->step - NEAR_MULTIPLE);
	for (size_t i = 0; i < KG_TICK_MOST; i++) {
		double at = (first + (double)i) * ticks->step;

		if (at > to + NEAR_MULTIPLE * ticks->step)
			break;
		ticks->tick[ticks->count++].at = at == 0 ? 0 : at;
	}
}

struct span {
	double from, to;
};

/* The span out to multiples of the step. */
static struct span round_out(double from, double to, double step)
{
	return (struct span){ floor(from / step + NEAR_MULTIPLE) * step, ceil(to / step - NEAR_MULTIPLE) * step };
}

void kg_ticks_widen(double *from, double *to, size_t want, enum kg_tick_kind kind)
{
	struct span values;

	if (!(*to > *from)) {
		double around = *from == 0 ? 1 : fabs(*from) * 0.1;

		if (is_whole(kind))
			around = ceil(around);
		*from -= around;
		*to += around;
	}
	values = (struct span){ *from, *to };
	for (double step = 0, next; (next = choose_step(*to - *from, want, kind)) > step;) {
		struct span wide = round_out(values.from, values.to, next);

		step = next; /* a wider span may ask for a larger step; then the values alone may do with less */
		if (choose_step(wide.to - wide.from, want, kind) != step)
			wide = round_out(*from, *to, step);
		*from = wide.from;
		*to = wide.to;
	}
}

/* 3.1×10¹³ */
static const char *write_power(double value, int digits, enum kg_language language, struct kg_arena *arena)
{
	static const char *const raised[] = { "⁰", "¹", "²", "³", "⁴", "⁵", "⁶", "⁷", "⁸", "⁹" };
	struct kg_buffer text = kg_buffer_new(arena);
	char plain[40];
	const char *at;

	snprintf(plain, sizeof plain, "%.*e", digits - 1, fabs(value));
	kg_buffer_add(&text, value < 0 ? "−" : "");
	kg_number_display(&text, strtod(plain, NULL) / pow(10, atoi(strchr(plain, 'e') + 1)), digits, language);
	kg_buffer_add(&text, "×10");
	at = strchr(plain, 'e') + 1;
	kg_buffer_add(&text, *at == '-' ? "⁻" : "");
	for (at += 1 + (at[1] == '0'); *at; at++)
		kg_buffer_add(&text, raised[*at - '0']);
	return text.failed ? NULL : text.text;
}

static bool needs_power(double shown)
{
	return shown != 0 && (fabs(shown) >= PLAIN_MOST || fabs(shown) < PLAIN_LEAST);
}

const char *kg_tick_text(double value, int decimals, enum kg_tick_kind kind, enum kg_language language,
			 struct kg_arena *arena)
{
	struct kg_buffer text = kg_buffer_new(arena);
	double shown = kind == KG_TICK_SHARE ? value * 100 : value;

	if (kind == KG_TICK_YEAR)
		return kg_arena_format(arena, "%.0f", value);
	if (needs_power(shown))
		return write_power(shown, POWER_DIGITS, language, arena);
	kg_number_fixed(&text, fabs(shown), decimals, language);
	if (shown < 0 && text.text && strpbrk(text.text, "123456789")) { /* what rounds to 0 has no sign */
		const char *plain = kg_arena_text(arena, text.text);

		text.length = 0;
		kg_buffer_printf(&text, "−%s", plain ? plain : "");
	}
	if (kind == KG_TICK_PERCENT || kind == KG_TICK_SHARE)
		kg_buffer_add(&text, "%");
	return text.failed ? NULL : text.text;
}

/* Digits that write a position in powers of ten as it is: 1.25 is not 1.2. */
static int count_power_digits(double at, double step)
{
	int digits = POWER_DIGITS;
	char plain[40];

	for (; digits < POWER_DIGITS_MOST; digits++) {
		snprintf(plain, sizeof plain, "%.*e", digits - 1, at);
		if (fabs(strtod(plain, NULL) - at) <= NEAR_MULTIPLE * step)
			break;
	}
	return digits;
}

void kg_ticks_label(struct kg_ticks *ticks, enum kg_tick_kind kind, enum kg_language language, struct kg_arena *arena)
{
	bool power = false;

	for (size_t i = 0; i < ticks->count && kind != KG_TICK_YEAR && kind != KG_TICK_SHARE; i++)
		power |= needs_power(ticks->tick[i].at);
	for (size_t i = 0; i < ticks->count; i++) { /* all in one form */
		double at = ticks->tick[i].at;

		ticks->tick[i].label = power && at != 0
					   ? write_power(at, count_power_digits(at, ticks->step), language, arena)
					   : kg_tick_text(at, ticks->decimals, kind, language, arena);
	}
}
