#include "plots/axis.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#define TICKS_MOST 6
#define TICKS_LEAST 3
/* Height of the plot for each tick, and what of the room is no plot, in pixels. */
#define HEIGHT_PER_TICK 28
#define HEIGHT_AROUND 40
/* Values of a line axis start at zero when zero is this near, as a share of the span. */
#define NEAR_ZERO 0.5
/* Between two labels of the horizontal axis, in pixels. */
#define LABEL_GAP 18
#define LABEL_GAP_CATEGORY 6
#define CATEGORY_LINES 3
#define CATEGORY_MOST 90.0 /* pixels that a long word gets before it is cut */
/* Share of the span that is left free at each side of a time or number axis. */
#define SIDE_FREE 0.02
#define MONTHS_PER_YEAR 12
#define QUARTERS_PER_YEAR 4
#define MONTHS_PER_QUARTER 3
#define QUARTER_STEP 2 /* place of 3 months among the steps of mark_months */
/* Time axes over more years than this are labelled by years only. */
#define YEARS_FOR_MONTHS 3
#define DIGITS_SHOWN 3
/* Nearer than this to a whole number is whole: rounding of the scaling. */
#define NEAR_WHOLE 1e-9

enum kg_tick_kind kg_axis_kind(const struct kg_column *column, const char *unit)
{
	if (unit && *unit == '%')
		return KG_TICK_PERCENT;
	if (unit && (strcmp(unit, "proportion") == 0 || strcmp(unit, "fraction") == 0))
		return KG_TICK_SHARE;
	return column->type == KG_INTEGER ? KG_TICK_WHOLE : KG_TICK_NUMBER;
}

static struct kg_axis take_ticks(struct kg_canvas *canvas, double from, double to, size_t want, enum kg_tick_kind kind)
{
	struct kg_ticks *ticks = KG_NEW(canvas->arena, struct kg_ticks);
	struct kg_axis axis = { .from = from, .to = to };

	if (!ticks)
		return axis;
	kg_ticks_make(from, to, want, kind, ticks);
	kg_ticks_label(ticks, kind, canvas->language, canvas->arena);
	axis.tick = ticks->tick;
	axis.ntick = ticks->count;
	return axis;
}

struct kg_axis kg_axis_value(struct kg_canvas *canvas, const struct kg_axis_plan *plan)
{
	double from = plan->least, to = plan->most;
	double fit = (canvas->room.top - canvas->room.bottom - HEIGHT_AROUND) / HEIGHT_PER_TICK;
	size_t want = plan->want ? plan->want : (size_t)fmax(TICKS_LEAST, fmin(TICKS_MOST, fit));
	bool zero = plan->from_zero || (from > 0 && from < (to - from) * NEAR_ZERO && !plan->tight);

	if (zero)
		from = fmin(from, 0);
	if (plan->from_zero)
		to = fmax(to, 0);
	if (from == to && (plan->from_zero || from == 0)) /* nothing but zeros: no negative numbers are made up */
		to = 1;
	if (!plan->tight || !(to > from))
		kg_ticks_widen(&from, &to, want, plan->kind);
	return take_ticks(canvas, from, to, want, plan->kind);
}

static bool is_exact(const struct kg_series_set *set, double scale)
{
	for (size_t s = 0; s < set->count; s++) {
		for (size_t i = 0; i < set->series[s].n; i++) {
			double shown = set->series[s].y[i] * scale;

			if (isfinite(shown) && fabs(shown - round(shown)) > NEAR_WHOLE * fmax(1, fabs(shown)))
				return false;
		}
	}
	return true;
}

struct kg_value_look kg_axis_look(const struct kg_picture *picture, const struct kg_series_set *set)
{
	struct kg_value_look look = { kg_axis_kind(set->y, kg_series_unit(picture, set)), 0 };
	double unit = look.kind == KG_TICK_SHARE ? 100 : 1, most = 0;
	int decimals_most;

	for (size_t s = 0; s < set->count; s++)
		for (size_t i = 0; i < set->series[s].n; i++)
			if (isfinite(set->series[s].y[i]))
				most = fmax(most, fabs(set->series[s].y[i]) * unit);
	decimals_most = most > 0 ? DIGITS_SHOWN - 1 - (int)floor(log10(most)) : 0;
	while (look.decimals < decimals_most && !is_exact(set, unit * pow(10, look.decimals)))
		look.decimals++;
	return look;
}

const char *kg_axis_y_text(const struct kg_canvas *canvas, const struct kg_value_look *look, double y)
{
	const char *text =
	    isfinite(y) ? kg_tick_text(y, look->decimals, look->kind, canvas->language, canvas->arena) : NULL;

	return text ? text : "";
}

/* A number on the horizontal axis, by itself. */
static const char *write_x(const struct kg_canvas *canvas, double x)
{
	struct kg_buffer text = kg_buffer_new(canvas->arena);

	if (x < 0)
		kg_buffer_add(&text, "−");
	kg_number_display(&text, fabs(x), DIGITS_SHOWN, canvas->language);
	return text.text;
}

static const char *write_month(const struct kg_canvas *canvas, long month)
{
	long year = month / MONTHS_PER_YEAR, of_year = month % MONTHS_PER_YEAR + 1;

	return kg_arena_format(canvas->arena, canvas->language == KG_VIETNAMESE ? "%2$02ld/%1$ld" : "%1$ld-%2$02ld",
			       year, of_year);
}

static const char *write_quarter(const struct kg_canvas *canvas, long quarter)
{
	static const char *const roman[QUARTERS_PER_YEAR] = { "I", "II", "III", "IV" };
	long of_year = (quarter % QUARTERS_PER_YEAR + QUARTERS_PER_YEAR) % QUARTERS_PER_YEAR;
	long year = (quarter - of_year) / QUARTERS_PER_YEAR;

	if (canvas->language == KG_VIETNAMESE)
		return kg_arena_format(canvas->arena, "Quý %s/%ld", roman[of_year], year);
	return kg_arena_format(canvas->arena, "%ld-Q%ld", year, of_year + 1);
}

static const char *write_period(const struct kg_canvas *canvas, enum kg_period_kind kind, double year)
{
	char text[32];
	int y, m, d;

	if (kind == KG_PERIOD_YEAR)
		return kg_arena_format(canvas->arena, "%.0f", year);
	if (kind == KG_PERIOD_MONTH)
		return write_month(canvas, lround(year * MONTHS_PER_YEAR));
	if (kind == KG_PERIOD_QUARTER)
		return write_quarter(canvas, lround(year * QUARTERS_PER_YEAR));
	kg_period_text(kind,
		       lround((year - kg_period_year(kind, 0)) / (kg_period_year(kind, 1) - kg_period_year(kind, 0))),
		       text, sizeof text);
	if (canvas->language == KG_VIETNAMESE && sscanf(text, "%d-%d-%d", &y, &m, &d) == 3)
		return kg_arena_format(canvas->arena, "%02d/%02d/%04d", d, m, y);
	return kg_arena_text(canvas->arena, text);
}

const char *kg_axis_x_text(const struct kg_canvas *canvas, const struct kg_series_set *set, double x)
{
	const char *text;

	if (set->horizontal == KG_X_CATEGORY)
		return set->category[(size_t)x - 1];
	text = set->horizontal == KG_X_TIME ? write_period(canvas, set->period, x) : write_x(canvas, x);
	return text ? text : "";
}

/* Ticks at whole months, for short spans of months, quarters and days; of quarters at those. */
static struct kg_axis mark_months(struct kg_canvas *canvas, enum kg_period_kind kind, struct kg_axis axis, size_t want)
{
	static const long step[] = { 1, 2, 3, 6, 12 };
	struct kg_tick *tick = KG_ARRAY(canvas->arena, struct kg_tick, KG_TICK_MOST);
	long first = (long)ceil(axis.from * MONTHS_PER_YEAR), last = (long)floor(axis.to * MONTHS_PER_YEAR), by = 12;
	size_t finest = kind == KG_PERIOD_QUARTER ? QUARTER_STEP : 0;

	axis.tick = tick;
	for (size_t i = sizeof step / sizeof step[0]; i-- > finest;)
		if ((size_t)((last - first) / step[i] + 1) <= want)
			by = step[i];
	for (long month = (first + by - 1) / by * by; tick && month <= last && axis.ntick < KG_TICK_MOST; month += by)
		tick[axis.ntick++] =
		    (struct kg_tick){ (double)month / MONTHS_PER_YEAR,
				      kind == KG_PERIOD_QUARTER ? write_quarter(canvas, month / MONTHS_PER_QUARTER)
								: write_month(canvas, month) };
	return axis;
}

static double measure_text(const struct kg_canvas *canvas, const char *text)
{
	return kg_typeface_width(&canvas->body, text ? text : "");
}

const char *kg_axis_category(struct kg_canvas *canvas, const char *text, double width, size_t lines_most)
{
	struct kg_buffer joined = kg_buffer_new(canvas->arena);
	const char *const *line;
	size_t count = kg_typeface_wrap(&canvas->body, text, width, lines_most, canvas->arena, &line);

	for (size_t i = 0; i < count; i++) {
		if (i)
			kg_buffer_add_char(&joined, '\n');
		kg_buffer_add(&joined, line[i]);
	}
	return joined.text ? joined.text : "";
}

/* The width that a text needs in CATEGORY_LINES lines: that of its longest word, or of its share of the lines; long
 * words are cut. */
static double measure_narrowest(const struct kg_canvas *canvas, const char *text)
{
	double widest = measure_text(canvas, text) / CATEGORY_LINES;

	for (const char *at = text; *at; at += strspn(at, " _")) {
		size_t length = strcspn(at, " _");
		const char *word = kg_arena_text_n(canvas->arena, at, length);

		widest = fmax(widest, measure_text(canvas, word));
		at += length;
	}
	return fmin(widest, CATEGORY_MOST);
}

/* Categories below the plot; when they are too many for their width, every second, third ... is named. */
static struct kg_axis mark_categories(struct kg_canvas *canvas, const struct kg_series_set *set, double width)
{
	struct kg_tick *tick = KG_ARRAY(canvas->arena, struct kg_tick, set->ncategory);
	double slot = width / (double)set->ncategory, widest = 0;
	struct kg_axis axis = { .from = 0.5, .to = (double)set->ncategory + 0.5, .tick = tick };
	size_t every;

	for (size_t i = 0; i < set->ncategory; i++)
		widest = fmax(widest, measure_narrowest(canvas, set->category[i]));
	every = (size_t)fmax(1, ceil(fmin((widest + LABEL_GAP_CATEGORY) / slot, (double)set->ncategory / 2)));
	for (size_t i = 0; tick && i < set->ncategory; i += every)
		tick[axis.ntick++] =
		    (struct kg_tick){ (double)i + 1,
				      kg_axis_category(canvas, set->category[i],
						       slot * (double)every - LABEL_GAP_CATEGORY, CATEGORY_LINES) };
	return axis;
}

struct kg_axis kg_axis_series(struct kg_canvas *canvas, const struct kg_series_set *set, double width)
{
	double from = set->x_least, to = set->x_most, span = to - from;
	double label = fmax(measure_text(canvas, kg_axis_x_text(canvas, set, from)),
			    measure_text(canvas, kg_axis_x_text(canvas, set, to)));
	size_t least = 3 * (label + LABEL_GAP_CATEGORY) <= width ? 3 : 2;
	size_t fit = (size_t)fmax((double)least, width / (label + LABEL_GAP)), want = fit < 7 ? fit : 7;
	enum kg_tick_kind kind = kg_axis_kind(set->x, set->x->unit);

	if (set->horizontal == KG_X_CATEGORY)
		return mark_categories(canvas, set, width);
	if (!(span > 0))
		span = set->horizontal == KG_X_TIME ? 40 : fmax(fabs(from), 1);
	from -= span * SIDE_FREE;
	to += span * SIDE_FREE;
	if (set->horizontal == KG_X_NUMBER)
		return take_ticks(canvas, from, to, want, kind);
	if (set->period != KG_PERIOD_YEAR && span < YEARS_FOR_MONTHS)
		return mark_months(canvas, set->period, (struct kg_axis){ .from = from, .to = to }, want);
	return take_ticks(canvas, from, to, want, KG_TICK_YEAR);
}
