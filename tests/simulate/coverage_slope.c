/* coverage_slope: how often 95 % limits of slope and relative index hold the truth: ten groups of uneven sizes along a
 * rank, whose values, logs or logits lie on a line, with known standard errors or errors found from the residuals. */
#include "coverage.h"

#include "stats/slope_index.h"

#define SERIES 4000
#define RESAMPLED 1000
#define GROUPS 10

struct setting {
	const char *name;
	enum kg_transform transform;
	double from, to, error; /* of the transformed value */
	bool known;
};

struct draw {
	double y[GROUPS], x[GROUPS], weight[GROUPS], error[GROUPS];
};

static void fill(const struct setting *setting, struct kg_random *random, struct draw *draw)
{
	double below = 0, all = 0;

	for (int i = 0; i < GROUPS; i++)
		all += draw->weight[i] = 1000 + 100 * (i % 4);
	for (int i = 0; i < GROUPS; i++) {
		double at = (below + draw->weight[i] / 2) / all, spread = setting->error;
		double line = setting->from + (setting->to - setting->from) * at;

		if (!setting->known) /* residuals take the errors to be smaller in larger groups */
			spread *= sqrt(1000 / draw->weight[i]);
		draw->x[i] = i;
		line += spread * kg_random_normal(random);
		draw->y[i] = kg_transform_back(setting->transform, line);
		draw->error[i] = spread * kg_transform_slope(setting->transform, line);
		below += draw->weight[i];
	}
}

static void run_setting(const struct setting *setting, const char *method, bool simulated, uint32_t at)
{
	const struct kg_stat *stat = kg_stat_find("inequality", method);
	struct kg_arena *arena = kg_arena_new(0);
	struct kg_arena_mark mark = kg_arena_mark(arena);
	double bottom = kg_transform_back(setting->transform, setting->from);
	double top = kg_transform_back(setting->transform, setting->to);
	const double truth[] = { top - bottom, top / bottom };
	struct kg_tally tally[2] = { { 0, 0 }, { 0, 0 } };

	for (size_t r = 0; r < (simulated ? RESAMPLED : SERIES); r++) {
		struct kg_random random = kg_random_stream(7, at, (uint32_t)r);
		struct draw draw;
		struct kg_inequality own = { setting->transform, setting->known ? draw.error : NULL, .epsilon = 0.5 };
		struct kg_sample sample = { .n = GROUPS, .y = draw.y, .x = draw.x, .weight = draw.weight };
		struct kg_params params = {
			.conf_level = 0.95, .seed = 1, .stream = (uint32_t)r, .replicates = 1000, .own = &own
		};
		struct kg_term term[2];

		fill(setting, &random, &draw);
		stat->fit(&sample, &params, arena, term, 2);
		for (int k = 0; k < 2; k++)
			if (!isnan(term[k].conf_low)) {
				tally[k].with++;
				tally[k].within += term[k].conf_low <= truth[k] && truth[k] <= term[k].conf_high;
			}
		kg_arena_rewind(arena, mark);
	}
	kg_arena_free(arena);
	for (int k = 0; k < 2; k++)
		printf("| inequality | %s | %s | %s | %d | %zu | %.3f |\n", method, k ? "rii" : "sii", setting->name,
		       GROUPS, tally[k].with, (double)tally[k].within / (double)tally[k].with);
	fflush(stdout);
}

int main(void)
{
	static const struct setting setting[] = {
		{ "values, errors given", KG_TRANSFORM_NONE, 10, 7, 0.5, true },
		{ "logs, errors given", KG_TRANSFORM_LOG, 2, 1.5, 0.08, true },
		{ "logits, errors given", KG_TRANSFORM_LOGIT, -1, 0.5, 0.15, true },
		{ "values, errors of residuals", KG_TRANSFORM_NONE, 10, 7, 0.5, false },
		{ "logs, errors of residuals", KG_TRANSFORM_LOG, 2, 1.5, 0.08, false },
		{ "logits, errors of residuals", KG_TRANSFORM_LOGIT, -1, 0.5, 0.15, false },
	};

	puts("| program | method | term | setting | n | intervals | coverage |");
	puts("| --- | --- | --- | --- | ---: | ---: | ---: |");
	for (uint32_t k = 0; k < sizeof setting / sizeof setting[0]; k++) {
		run_setting(&setting[k], "slope-index", false, k);
		if (setting[k].known)
			run_setting(&setting[k], "slope-index-simulated", true, k);
	}
	return 0;
}
