#include "command/plot.h"

#include <math.h>
#include <stddef.h>
#include <string.h>

static const char *const sizes[] = { "column", "page", "slide", NULL };

#define FIELD(name) .field = offsetof(struct kg_plot_options, name)
#define COLUMN .argument = "COL", .kind = KG_OPTION_COLUMN
#define TEXT .argument = "TEXT", .kind = KG_OPTION_TEXT

static const struct kg_option rows[] = {
	{ .name = "x", COLUMN, .role = KG_ROLE_KEY, .help = "column along the x axis", FIELD(x) },
	{ .name = "y",
	  COLUMN,
	  .role = KG_ROLE_VALUE,
	  .help = "column along the y axis (default for a result: estimate)",
	  FIELD(y) },
	{ .name = "low", COLUMN, .help = "lower end of the interval (default for a result: conf_low)", FIELD(low) },
	{ .name = "high", COLUMN, .help = "upper end of the interval (default for a result: conf_high)", FIELD(high) },
	{ .name = "group", COLUMN, .role = KG_ROLE_KEY, .help = "column that tells series apart", FIELD(group) },
	{ .name = "label", COLUMN, .role = KG_ROLE_KEY, .help = "column with the text beside points", FIELD(label) },
	{ .name = "shapes",
	  .argument = "FILE",
	  .kind = KG_OPTION_FILE,
	  .help = "map: GeoJSON file with the places",
	  FIELD(shapes) },
	{ .name = "highlight", TEXT, .help = "the one series that stands out among many", FIELD(highlight) },
	{ .name = "title", TEXT, .help = "says the finding, at most ten words", FIELD(title) },
	{ .name = "subtitle", TEXT, .help = "indicator, unit, places, years, denominator", FIELD(subtitle) },
	{ .name = "source", TEXT, .help = "source in the footer (default: the data's own)", FIELD(source) },
	{ .name = "note", TEXT, .help = "further words in the footer: n, method", FIELD(note) },
	{ .name = "reference",
	  .argument = "VALUE",
	  .help = "a level that is marked: the target of a funnel, the ceiling of a diffusion",
	  .kind = KG_OPTION_REAL,
	  .least = 0,
	  .most = HUGE_VAL,
	  FIELD(reference) },
	{ .name = "size",
	  .argument = "SIZE",
	  .fallback = "page",
	  .help = "preset: 84 mm, 174 mm, 16:9 slide",
	  .kind = KG_OPTION_CHOICE,
	  .choice = sizes,
	  FIELD(size) },
	{ .name = "width",
	  .argument = "MM",
	  .help = "width in millimetres (default: the preset's)",
	  .kind = KG_OPTION_REAL,
	  .least = 30,
	  .most = 1000,
	  FIELD(width) },
	{ .name = "height",
	  .argument = "MM",
	  .help = "height in millimetres (default: the preset's)",
	  .kind = KG_OPTION_REAL,
	  .least = 20,
	  .most = 1000,
	  FIELD(height) },
};

struct kg_option_set kg_plot_option_set(struct kg_plot_options *values)
{
	return (struct kg_option_set){ "plot", rows, sizeof rows / sizeof rows[0], values };
}

struct kg_picture kg_plot_picture(const struct kg_plot_options *options, const struct kg_common *common,
				  const char *kind, const struct kg_table *table)
{
	return (struct kg_picture){
		.kind = kind,
		.table = table,
		.x = options->x,
		.y = options->y,
		.low = options->low,
		.high = options->high,
		.group = options->group,
		.label = options->label,
		.shapes = options->shapes,
		.highlight = options->highlight,
		.title = options->title,
		.subtitle = options->subtitle,
		.source = options->source,
		.note = options->note,
		.reference = options->reference,
		.size = options->size,
		.width_mm = options->width,
		.height_mm = options->height,
		.language = kg_language_find(common->lang),
		.conf_level = common->conf_level,
		.with_script = common->with_script,
	};
}
