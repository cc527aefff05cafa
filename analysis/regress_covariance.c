#include "regress_covariance.h"

#include <string.h>

#include "report/label.h"
#include "table/group.h"

const char *const kg_covariance_choice[] = {
	[KG_COV_CLASSICAL] = "classical",
	[KG_COV_HC0] = "hc0",
	[KG_COV_HC1] = "hc1",
	[KG_COV_HC2] = "hc2",
	[KG_COV_HC3] = "hc3",
	[KG_COV_CLUSTER] = "cluster",
	NULL,
};

static enum kg_covariance find_kind(const char *word)
{
	size_t i = 0;

	while (strcmp(kg_covariance_choice[i], word) != 0)
		i++;
	return (enum kg_covariance)i;
}

static enum kg_status number_clusters(const struct kg_table *table, const char *name, struct kg_arena *arena,
				      struct kg_covariance_asked *asked, struct kg_error *error)
{
	struct kg_names by = { &name, 1 };
	struct kg_groups clusters;
	uint32_t *number = KG_ARRAY(arena, uint32_t, table->nrow);

	if (!number)
		return kg_error_memory(error);
	KG_TRY(kg_table_column(table, name, &asked->cluster, error));
	KG_TRY(kg_groups_make(table, &by, arena, &clusters, error));
	for (size_t g = 0; g < clusters.ngroup; g++)
		for (size_t i = clusters.start[g]; i < clusters.start[g + 1]; i++)
			number[clusters.row[i]] = (uint32_t)g;
	asked->number = number;
	return KG_OK;
}

enum kg_status kg_covariance_open(const char *covariance, const char *cluster, const struct kg_table *table,
				  struct kg_arena *arena, struct kg_covariance_asked *asked, struct kg_error *error)
{
	*asked = (struct kg_covariance_asked){ .kind = find_kind(covariance) };
	if (asked->kind == KG_COV_CLUSTER && !cluster)
		return kg_error_set(
		    error, KG_EUSAGE,
		    "'cluster' in --covariance needs the column of the clusters; name it with --cluster");
	if (!cluster)
		return KG_OK;
	if (asked->kind != KG_COV_CLUSTER && asked->kind != KG_COV_CLASSICAL)
		return kg_error_set(error, KG_EUSAGE, "'%s' in --covariance takes no --cluster; leave one of them out",
				    covariance);
	asked->kind = KG_COV_CLUSTER;
	return number_clusters(table, cluster, arena, asked, error);
}

void kg_covariance_remark(const struct kg_covariance_asked *asked, struct kg_result *result, struct kg_arena *arena)
{
	if (asked->kind == KG_COV_CLUSTER)
		kg_result_remark(
		    result, arena,
		    "standard errors: clustered by '%s' (CR1: G/(G-1) (n-1)/(n-k), t with G-1 degrees of freedom)",
		    kg_label_column(asked->cluster, arena));
	else if (asked->kind != KG_COV_CLASSICAL)
		kg_result_remark(result, arena, "standard errors: %s", kg_covariance_choice[asked->kind]);
}
