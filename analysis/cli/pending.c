/* Parts that other branches bring; each weak definition is overridden when its part lands. To be deleted. */
#include "notebook/notebook.h"
#include "plots/chart.h"
#include "report/write.h"
#include "table/fold.h"

#define WEAK __attribute__((weak))

WEAK enum kg_status kg_notebook_main(const struct kg_names *word, struct kg_arena *arena, struct kg_error *error)
{
	(void)word, (void)arena;
	return kg_error_set(error, KG_EBUG, "not built yet");
}
WEAK void kg_notebook_help(struct kg_buffer *out)
{
	kg_buffer_add(out, "not built yet\n");
}
WEAK enum kg_status kg_fold_table(const struct kg_table *table, const struct kg_fold *fold, struct kg_arena *arena,
				  const struct kg_table **folded, struct kg_error *error)
{
	(void)table, (void)fold, (void)arena, (void)folded;
	return kg_error_set(error, KG_EBUG, "not built yet");
}
