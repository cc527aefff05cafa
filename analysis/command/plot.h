/* plot: the command `plot KIND`: options of a chart, and the picture they ask for. */
#ifndef KG_COMMAND_PLOT_H
#define KG_COMMAND_PLOT_H

#include "command/command.h"
#include "command/option.h"

struct kg_plot_options {
	const char *x, *y, *low, *high, *group, *label, *shapes, *highlight;
	const char *title, *subtitle, *source, *note, *size;
	double width, height, reference;
};

struct kg_option_set kg_plot_option_set(struct kg_plot_options *values);

/* The picture these options ask for; texts are borrowed. */
struct kg_picture kg_plot_picture(const struct kg_plot_options *options, const struct kg_common *common,
				  const char *kind, const struct kg_table *table);

#endif
