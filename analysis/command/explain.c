#include <string.h>

#include "base/text.h"
#include "command/command.h"
#include "stats/stat.h"

static void describe(const struct kg_stat *stat, struct kg_buffer *out)
{
	kg_buffer_printf(out, "%s (%s): %s\n", stat->id, stat->program, stat->title);
	kg_buffer_printf(out, "  Formula:     %s\n", stat->formula);
	kg_buffer_printf(out, "  Source:      %s\n", stat->source);
	kg_buffer_printf(out, "  Assumes:     %s\n", stat->assumes);
	kg_buffer_printf(out, "  Unit:        %s\n", stat->unit ? stat->unit : "");
	kg_buffer_printf(out, "  Agrees with: %s\n", stat->agrees);
	kg_buffer_printf(out, "  Needs:       %zu or more observations\n", stat->min_n);
}

bool kg_explain(const char *method, struct kg_buffer *out, const char **nearest)
{
	size_t count, found = 0;
	const struct kg_stat *const *stat = kg_stat_all(&count);
	const char *near = NULL;

	for (size_t i = 0; i < count; i++) {
		const char *pair[] = { near, stat[i]->id };

		near = near ? kg_text_nearest(method, pair, 2) : kg_text_nearest(method, pair + 1, 1);
		if (strcmp(stat[i]->id, method) != 0)
			continue;
		kg_buffer_add(out, found++ ? "\n" : "");
		describe(stat[i], out);
	}
	*nearest = near;
	return found > 0;
}
