/* Makes the SYNTHETIC tables communes-scenario.csv and models-scenario.csv from communes.csv and a fixed seed.
 *
 * The article states sums for the province and nothing by commune. So that methods can be shown on communes, this
 * program invents figures by commune whose sums meet the stated ones exactly: 112 models of 5 kinds with 4,778 units,
 * one of them with 54; 123 of 131 communes attaining criterion 19.2; 25 of 36 hot spots converted; 790 commune
 * festivals in 2015-2019 with more than 1.2 million attendances. That density goes with attainment is built in here:
 * it is no finding.
 *
 * Usage: generate-scenario FOLDER [TARGET]: reads FOLDER/communes.csv, writes both tables to TARGET (FOLDER) */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buffer.h"
#include "base/file.h"
#include "base/random.h"
#include "table/source.h"

enum { YEARS = 6, FIRST_YEAR = 2015, KINDS = 5, MODELS = 112, UNITS = 4778, NAMED_MODEL_UNITS = 54 };
enum { NOT_ATTAINING = 131 - 123, HOT_SPOTS = 36, CONVERTED = 25, FESTIVALS = 790, FESTIVAL_YEARS = 5 };
/* The seed of the committed tables, and the streams drawn from it. */
enum { SEED = 192020, STREAM_COMMUNE = 1, STREAM_MODEL, STREAM_OUTCOME, STREAM_FESTIVAL };
/* Invented: share of the units by kind, attendances wanted (the article says more than 1,200,000). */
static const double kind_share[KINDS] = { 0.34, 0.26, 0.18, 0.13, 0.09 };
static const double attendances_wanted = 1213400;

struct place {
	const char *code, *name, *type, *district;
	double population, appetite;
	int units[YEARS][KINDS], festivals[YEARS], attendances[YEARS];
	int attained, hot_spot, converted; /* -1 = does not apply */
};

struct model {
	int kind, units[YEARS];
};

struct scenario {
	struct place *place;
	size_t nplace;
	struct model model[MODELS];
	int kind_units[YEARS][KINDS];
};

struct remainder {
	double left;
	size_t index;
};

static int compare_remainders(const void *a, const void *b)
{
	const struct remainder *left = a, *right = b;

	if (left->left != right->left)
		return left->left > right->left ? -1 : 1;
	return (left->index > right->index) - (left->index < right->index);
}

/* Shares `total` out in proportion to `weight` by largest remainders, so that the parts sum to it exactly. */
static void share_out(int total, const double *weight, size_t count, int *part)
{
	struct remainder *remainder = calloc(count, sizeof *remainder);
	double sum = 0;
	int given = 0;

	if (!remainder)
		exit(EXIT_FAILURE);
	for (size_t i = 0; i < count; i++)
		sum += weight[i];
	for (size_t i = 0; i < count; i++) {
		double quota = total * weight[i] / sum;

		part[i] = (int)floor(quota);
		remainder[i] = (struct remainder){ quota - floor(quota), i };
		given += part[i];
	}
	qsort(remainder, count, sizeof *remainder, compare_remainders);
	for (size_t i = 0; given < total; i++, given++)
		part[remainder[i].index]++;
	free(remainder);
}

/* Sizes of the models of one kind: the named one has 54 units, the others are uneven, none is empty. */
static void size_models(struct scenario *scenario, int kind, int units, size_t first, size_t count)
{
	double weight[MODELS];
	int part[MODELS];
	size_t named = kind == KINDS - 1;

	for (size_t i = named; i < count; i++) {
		struct kg_random random = kg_random_stream(SEED, STREAM_MODEL, (uint32_t)(first + i));

		weight[i - named] = exp(0.8 * kg_random_normal(&random));
	}
	if (named)
		scenario->model[first].units[YEARS - 1] = NAMED_MODEL_UNITS;
	share_out(units - (named ? NAMED_MODEL_UNITS : 0) - (int)(count - named), weight, count - named, part);
	for (size_t i = named; i < count; i++)
		scenario->model[first + i].units[YEARS - 1] = part[i - named] + 1;
	for (size_t i = 0; i < count; i++)
		scenario->model[first + i].kind = kind;
}

/* Replication: units of earlier years follow a logistic curve that ends at the size of 2020. */
static void grow_model(struct model *model, uint32_t number)
{
	struct kg_random random = kg_random_stream(SEED, STREAM_MODEL, MODELS + number);
	double midpoint = 2013.5 + 3 * kg_random_uniform(&random), speed = 0.6 + 0.5 * kg_random_uniform(&random);
	double end = 1 / (1 + exp(-speed * (FIRST_YEAR + YEARS - 1 - midpoint)));

	for (int t = YEARS - 2; t >= 0; t--) {
		double share = 1 / (1 + exp(-speed * (FIRST_YEAR + t - midpoint))) / end;
		int units = (int)round(model->units[YEARS - 1] * share);

		model->units[t] = units < model->units[t + 1] ? units : model->units[t + 1];
	}
}

static void make_models(struct scenario *scenario)
{
	int units[KINDS], count[KINDS];
	size_t first = 0;

	share_out(UNITS, kind_share, KINDS, units);
	share_out(MODELS, kind_share, KINDS, count);
	for (int kind = 0; kind < KINDS; kind++) {
		size_models(scenario, kind, units[kind], first, (size_t)count[kind]);
		first += (size_t)count[kind];
	}
	for (size_t i = 0; i < MODELS; i++) {
		grow_model(&scenario->model[i], (uint32_t)i);
		for (int t = 0; t < YEARS; t++)
			scenario->kind_units[t][scenario->model[i].kind] += scenario->model[i].units[t];
	}
}

/* Units of each kind by commune: from the appetite of the commune in 2020, backwards in proportion to the next year. */
static void place_units(struct scenario *scenario)
{
	double *weight = calloc(scenario->nplace, sizeof *weight);
	int *part = calloc(scenario->nplace, sizeof *part);

	if (!weight || !part)
		exit(EXIT_FAILURE);
	for (int kind = 0; kind < KINDS; kind++) {
		for (int t = YEARS - 1; t >= 0; t--) {
			for (size_t i = 0; i < scenario->nplace; i++) {
				struct kg_random random =
				    kg_random_stream(SEED, STREAM_COMMUNE, (uint32_t)(i * KINDS + (size_t)kind));
				struct place *place = &scenario->place[i];

				weight[i] = t == YEARS - 1 ? place->appetite * exp(0.3 * kg_random_normal(&random))
							   : place->units[t + 1][kind];
			}
			share_out(scenario->kind_units[t][kind], weight, scenario->nplace, part);
			for (size_t i = 0; i < scenario->nplace; i++)
				scenario->place[i].units[t][kind] = part[i];
		}
	}
	free(weight);
	free(part);
}

static double density(const struct place *place)
{
	double units = 0;

	for (int kind = 0; kind < KINDS; kind++)
		units += place->units[YEARS - 1][kind];
	return 1000 * units / place->population;
}

/* Marks with `value` the `count` places of lowest (or highest) score among those whose field is `from`. */
static void mark(struct scenario *scenario, const double *score, size_t field, int from, int count)
{
	while (count--) {
		size_t best = scenario->nplace;

		for (size_t i = 0; i < scenario->nplace; i++)
			if (*(int *)((char *)&scenario->place[i] + field) == from &&
			    (best == scenario->nplace || score[i] < score[best]))
				best = i;
		*(int *)((char *)&scenario->place[best] + field) = !from;
	}
}

static void make_outcomes(struct scenario *scenario)
{
	double *score = calloc(scenario->nplace, 3 * sizeof *score);
	double *hot = score + scenario->nplace, *stay = hot + scenario->nplace;

	if (!score)
		exit(EXIT_FAILURE);
	for (size_t i = 0; i < scenario->nplace; i++) {
		struct kg_random random = kg_random_stream(SEED, STREAM_OUTCOME, (uint32_t)i);
		struct place *place = &scenario->place[i];
		double pull = 1.6 * log(density(place));

		score[i] = pull + 0.9 * kg_random_normal(&random);
		hot[i] = -0.4 * log(place->population) + kg_random_normal(&random);
		stay[i] = -pull + kg_random_normal(&random);
		place->attained = strcmp(place->type, "commune") == 0 ? 1 : -1;
		place->hot_spot = strcmp(place->type, "ward") == 0 ? -1 : 0;
	}
	mark(scenario, score, offsetof(struct place, attained), 1, NOT_ATTAINING);
	mark(scenario, hot, offsetof(struct place, hot_spot), 0, HOT_SPOTS);
	for (size_t i = 0; i < scenario->nplace; i++)
		scenario->place[i].converted = scenario->place[i].hot_spot == 1 ? 0 : -1;
	mark(scenario, stay, offsetof(struct place, converted), 0, CONVERTED);
	free(score);
}

/* One festival a year everywhere and the rest where most people live; attendances in proportion to residents. */
static void make_festivals(struct scenario *scenario)
{
	size_t n = scenario->nplace;
	double *weight = calloc(n * FESTIVAL_YEARS, sizeof *weight);
	int *part = calloc(n * FESTIVAL_YEARS, sizeof *part);

	if (!weight || !part)
		exit(EXIT_FAILURE);
	for (size_t k = 0; k < n * FESTIVAL_YEARS; k++) {
		struct kg_random random = kg_random_stream(SEED, STREAM_FESTIVAL, (uint32_t)k);

		weight[k] = scenario->place[k / FESTIVAL_YEARS].population * exp(kg_random_normal(&random));
	}
	share_out(FESTIVALS - (int)(n * FESTIVAL_YEARS), weight, n * FESTIVAL_YEARS, part);
	for (size_t k = 0; k < n * FESTIVAL_YEARS; k++) {
		struct kg_random random = kg_random_stream(SEED, STREAM_FESTIVAL, (uint32_t)(n * FESTIVAL_YEARS + k));
		struct place *place = &scenario->place[k / FESTIVAL_YEARS];
		int t = (int)(k % FESTIVAL_YEARS);

		place->festivals[t] = 1 + part[k];
		weight[k] = place->population * pow(place->festivals[t], 0.6) * pow(1.04, t) *
			    exp(0.18 * kg_random_normal(&random));
	}
	share_out((int)attendances_wanted, weight, n * FESTIVAL_YEARS, part);
	for (size_t k = 0; k < n * FESTIVAL_YEARS; k++)
		scenario->place[k / FESTIVAL_YEARS].attendances[k % FESTIVAL_YEARS] = part[k];
	free(weight);
	free(part);
}

/* "" for what does not apply. */
static const char *flag(int value)
{
	return value < 0 ? "" : value ? "1" : "0";
}

static void write_place(const struct place *place, int t, struct kg_buffer *out)
{
	int total = 0;
	bool last = t == YEARS - 1;

	kg_buffer_printf(out, "%s,%s,%s,%s,%d,%.0f", place->code, place->name, place->type, place->district,
			 FIRST_YEAR + t, place->population);
	for (int kind = 0; kind < KINDS; kind++) {
		kg_buffer_printf(out, ",%d", place->units[t][kind]);
		total += place->units[t][kind];
	}
	kg_buffer_printf(out, ",%d", total);
	if (t < FESTIVAL_YEARS)
		kg_buffer_printf(out, ",%d,%d", place->festivals[t], place->attendances[t]);
	else
		kg_buffer_add(out, ",,");
	kg_buffer_printf(out, ",%s,%s,%s\n", last ? flag(place->attained) : "", last ? flag(place->hot_spot) : "",
			 last ? flag(place->converted) : "");
}

static enum kg_status write_tables(const struct scenario *scenario, const char *folder, struct kg_arena *arena,
				   struct kg_error *error)
{
	struct kg_buffer places = kg_buffer_new(arena), models = kg_buffer_new(arena);
	const char *path = kg_file_join(folder, "communes-scenario.csv", arena);

	kg_buffer_add(&places, "code,name,type,district_code,year,population_2019,units_kind_1,units_kind_2,"
			       "units_kind_3,units_kind_4,units_kind_5,units,festivals,attendances,attained,hot_spot,"
			       "converted\n");
	for (size_t i = 0; i < scenario->nplace; i++)
		for (int t = 0; t < YEARS; t++)
			write_place(&scenario->place[i], t, &places);
	kg_buffer_add(&models, "model,kind,year,units\n");
	for (size_t i = 0; i < MODELS; i++)
		for (int t = 0; t < YEARS; t++)
			kg_buffer_printf(&models, "M%03zu,%d,%d,%d\n", i + 1, scenario->model[i].kind + 1,
					 FIRST_YEAR + t, scenario->model[i].units[t]);
	KG_TRY(kg_buffer_check(&places, error));
	KG_TRY(kg_buffer_check(&models, error));
	KG_TRY(kg_file_write(path, places.text, places.length, error));
	path = kg_file_join(folder, "models-scenario.csv", arena);
	return kg_file_write(path, models.text, models.length, error);
}

static enum kg_status read_places(const char *folder, struct scenario *scenario, struct kg_arena *arena,
				  struct kg_error *error)
{
	const struct kg_column *code, *name, *type, *district, *population;
	const struct kg_table *table;
	struct kg_source source;

	KG_TRY(kg_source_open(kg_file_join(folder, "communes.csv", arena), arena, &source, error));
	KG_TRY(kg_source_read(&source, &(struct kg_read){ 0 }, arena, &table, error));
	KG_TRY(kg_table_column(table, "code", &code, error));
	KG_TRY(kg_table_column(table, "name", &name, error));
	KG_TRY(kg_table_column(table, "type", &type, error));
	KG_TRY(kg_table_column(table, "district_code", &district, error));
	KG_TRY(kg_table_number(table, "population_2019", &population, error));
	scenario->nplace = table->nrow;
	scenario->place = KG_ARRAY(arena, struct place, table->nrow);
	for (size_t i = 0; scenario->place && i < table->nrow; i++) {
		struct kg_random random = kg_random_stream(SEED, STREAM_COMMUNE, (uint32_t)(table->nrow * KINDS + i));
		struct place *place = &scenario->place[i];

		place->code = kg_column_cell(code, i, arena);
		place->name = kg_column_cell(name, i, arena);
		place->type = kg_column_cell(type, i, arena);
		place->district = kg_column_cell(district, i, arena);
		place->population = kg_column_real(population, i);
		place->appetite = pow(place->population, 0.75) * exp(0.35 * kg_random_normal(&random));
	}
	return scenario->place ? KG_OK : kg_error_memory(error);
}

int main(int argc, char **argv)
{
	struct kg_arena *arena = kg_arena_new(0);
	struct scenario scenario = { 0 };
	struct kg_error error = { .status = KG_OK };
	const char *folder = argc > 1 ? argv[1] : ".", *target = argc > 2 ? argv[2] : folder;
	char text[2048];

	if (!arena || read_places(folder, &scenario, arena, &error) != KG_OK) {
		kg_error_text(&error, text, sizeof text);
		fprintf(stderr, "generate-scenario: %s\n", text);
		return EXIT_FAILURE;
	}
	make_models(&scenario);
	place_units(&scenario);
	make_outcomes(&scenario);
	make_festivals(&scenario);
	if (write_tables(&scenario, target, arena, &error) != KG_OK) {
		kg_error_text(&error, text, sizeof text);
		fprintf(stderr, "generate-scenario: %s\n", text);
		return EXIT_FAILURE;
	}
	kg_arena_free(arena);
	return EXIT_SUCCESS;
}
