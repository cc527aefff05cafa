#include "plots/classes.h"

#include <math.h>
#include <string.h>

#include "plots/values.h"
#include "plots/say.h"

#define SQUARE_GAP 16
/* Significant digits of limits. */
#define LIMIT_DIGITS 2
#define FINER_MOST 4

static const char *const sequential[KG_CLASSES] = { "#dbe9f3", "#a8cbe3", "#66a5cf", "#2479b3", "#004a78" };
static const char *const diverging[KG_CLASSES] = { "#0072b2", "#8fbfdc", "#f4f4f4", "#f0b183", "#d55e00" };
#define NO_DATA "#d0d0d0"
/* Colours of texts on which white is read better. */
#define DARK_HIGH "#d55e00"
#define DARK_LOW "#0072b2"

/* Limits are multiples of this: two significant digits of the span. */
static double round_unit(double span)
{
	return span > 0 ? pow(10, floor(log10(span)) - LIMIT_DIGITS + 1) : 1;
}

static double make_round(double value, double unit)
{
	return round(value / unit) * unit;
}

static void add_limit(struct kg_classes *classes, double limit)
{
	if (limit > classes->limit[classes->count])
		classes->limit[++classes->count] = limit;
}

/* Fifths of the places between round limits, multiples of the unit. */
static void set_limits(const double *ascending, size_t n, struct kg_classes *classes)
{
	double least = ascending[0], most = ascending[n - 1], unit = classes->unit, last;

	classes->count = 0;
	classes->limit[0] = make_round(least, unit);
	if (classes->limit[0] > least)
		classes->limit[0] -= unit;
	for (int c = 1; c < KG_CLASSES; c++) {
		double limit = make_round(kg_values_quantile(ascending, n, (double)c / KG_CLASSES), unit);

		if (limit < most)
			add_limit(classes, limit);
	}
	last = make_round(most, unit);
	add_limit(classes, last < most ? last + unit : last);
}

/* How many of the fifths end at different values. */
static size_t count_fifths(const double *ascending, size_t n)
{
	size_t count = 1;

	for (int c = 1; c < KG_CLASSES; c++)
		count += kg_values_quantile(ascending, n, (double)c / KG_CLASSES) >
			 kg_values_quantile(ascending, n, (double)(c - 1) / KG_CLASSES);
	return count;
}

/* Limits have two digits of the span; more where a few large values would leave all others in one class. */
static void set_sequential(const double *ascending, size_t n, struct kg_classes *classes)
{
	double least = ascending[0], most = ascending[n - 1], finest = 1; /* whole numbers have whole limits */

	if (least == most) {
		classes->limit[0] = classes->limit[1] = least;
		classes->count = 1;
		return;
	}
	for (size_t i = 0; i < n; i++)
		finest = ascending[i] == floor(ascending[i]) ? finest : 0;
	classes->unit = fmax(classes->unit, finest);
	set_limits(ascending, n, classes);
	for (int finer = 0; finer < FINER_MOST && classes->unit > finest && classes->count < count_fifths(ascending, n);
	     finer++) {
		classes->unit = fmax(classes->unit / 10, finest);
		set_limits(ascending, n, classes);
	}
	if (!classes->count) {
		classes->limit[1] = most;
		classes->count = 1;
	}
}

static void set_diverging(const double *ascending, size_t n, struct kg_classes *classes)
{
	double most = fmax(-ascending[0], ascending[n - 1]), unit = round_unit(most);
	double outer = make_round(most * 0.6, unit), inner = make_round(most * 0.2, unit);
	double end = fmax(most, make_round(most, unit));
	const double limit[KG_CLASSES + 1] = { -end, -outer, -inner, inner, outer, end };

	memcpy(classes->limit, limit, sizeof limit);
	classes->count = KG_CLASSES;
	classes->diverging = true;
}

void kg_classes_make(const double *value, size_t n, struct kg_arena *arena, struct kg_classes *classes)
{
	double *ascending = KG_ARRAY(arena, double, n + 1);
	size_t known;

	*classes = (struct kg_classes){ 0 };
	if (!ascending)
		return;
	memcpy(ascending, value, n * sizeof *value);
	known = kg_values_sort(ascending, n);
	classes->unit = round_unit(known ? ascending[known - 1] - ascending[0] : 0);
	if (known && ascending[0] < 0 && ascending[known - 1] > 0)
		set_diverging(ascending, known, classes);
	else if (known)
		set_sequential(ascending, known, classes);
	for (size_t i = 0; i < n; i++) {
		size_t class = kg_classes_find(classes, value[i]);

		if (class == KG_CLASSES)
			classes->missing++;
		else
			classes->places[class]++;
	}
}

size_t kg_classes_find(const struct kg_classes *classes, double value)
{
	size_t class = 0;

	if (!isfinite(value) || !classes->count)
		return KG_CLASSES;
	if (classes->name[0])
		return (size_t)value;
	while (class + 1 < classes->count && value >= classes->limit[class + 1])
		class ++;
	return class;
}

/* Fewer classes use colours from both ends of the ramp. */
static size_t find_shade(const struct kg_classes *classes, size_t class)
{
	return classes->count > 1 ? class * (KG_CLASSES - 1) / (classes->count - 1) : KG_CLASSES / 2;
}

const char *kg_classes_hex(const struct kg_classes *classes, size_t class)
{
	if (class >= classes->count) /* missing, or one of the classes that few values leave out */
		return NO_DATA;
	if (classes->name[0])
		return classes->hex[class];
	if (classes->diverging)
		return diverging[class];
	return sequential[find_shade(classes, class)];
}

bool kg_classes_dark(const struct kg_classes *classes, size_t class)
{
	if (class >= classes->count)
		return false;
	if (classes->name[0])
		return strcmp(classes->hex[class], DARK_HIGH) == 0 || strcmp(classes->hex[class], DARK_LOW) == 0;
	return classes->diverging ? class == 0 || class + 1 == KG_CLASSES
				  : find_shade(classes, class) + 2 >= KG_CLASSES;
}

static const char *say_class(struct kg_canvas *canvas, const struct kg_classes *classes,
			     const struct kg_value_look *look, size_t class)
{
	int unit = classes->unit > 0 ? (int)floor(log10(classes->unit) + 0.5) : 0;
	struct kg_value_look shown = *look;
	const char *from, *to;

	unit += look->kind == KG_TICK_SHARE ? 2 : 0;
	shown.decimals = unit < 0 ? -unit : 0;

	if (class == KG_CLASSES)
		return kg_say(canvas, "no data (%zu)", classes->missing);
	if (classes->name[0])
		return kg_arena_format(canvas->arena, "%s (%zu)", classes->name[class], classes->places[class]);
	if (classes->limit[class] == classes->limit[class + 1]) /* all values are one */
		return kg_arena_format(canvas->arena, "%s (%zu)", kg_axis_y_text(canvas, look, classes->limit[class]),
				       classes->places[class]);
	from = kg_axis_y_text(canvas, &shown, classes->limit[class]);
	to = kg_axis_y_text(canvas, &shown, classes->limit[class + 1]);
	return kg_arena_format(canvas->arena, classes->limit[class] < 0 ? "%s – %s (%zu)" : "%s–%s (%zu)", from, to,
			       classes->places[class]);
}

const char *kg_classes_letter(size_t class)
{
	static const char *const letter[KG_CLASSES + 1] = { "A", "B", "C", "D", "E", "-" };

	return letter[class];
}

double kg_classes_key(struct kg_canvas *canvas, const struct kg_classes *classes, const struct kg_value_look *look,
		      double x, double y)
{
	const struct kg_text_style style = { &canvas->body, KG_COLOUR_TEXT, KG_LEFT, 0 };
	double leading = kg_canvas_leading(&canvas->body) * 1.15, widest = 0;

	for (size_t c = 0; c <= classes->count; c++) {
		size_t class = c < classes->count ? classes->count - 1 - c : KG_CLASSES;
		const char *text = say_class(canvas, classes, look, class);

		if (class == KG_CLASSES && !classes->missing)
			continue;
		widest = fmax(widest, kg_typeface_width(&canvas->body, text));
		if (!canvas->npanel)
			continue;
		if (canvas->medium->id == KG_TXT)
			kg_canvas_text(canvas, x, y - leading * ((double)c + 0.5), kg_classes_letter(class), &style);
		else
			kg_canvas_square(canvas, x + 5, y - leading * ((double)c + 0.5),
					 kg_classes_hex(classes, class));
		kg_canvas_text(canvas, x + SQUARE_GAP, y - leading * ((double)c + 0.5), text, &style);
	}
	return widest + SQUARE_GAP;
}
