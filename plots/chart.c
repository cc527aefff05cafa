#include "plots/chart.h"

#include <string.h>

#define KG_CHART(name) extern const struct kg_chart kg_chart_##name;
#include "plots/charts.def"
#undef KG_CHART

static const struct kg_chart *const all[] = {
#define KG_CHART(name) &kg_chart_##name,
#include "plots/charts.def"
#undef KG_CHART
	NULL
};

const struct kg_chart *const *kg_chart_all(size_t *count)
{
	*count = sizeof all / sizeof all[0] - 1;
	return all;
}

const struct kg_chart *kg_chart_find(const char *id)
{
	for (size_t i = 0; all[i]; i++)
		if (strcmp(all[i]->id, id) == 0)
			return all[i];
	return NULL;
}
