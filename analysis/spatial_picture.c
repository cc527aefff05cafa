#include <string.h>

#include "report/label.h"
#include "spatial.h"
#include "table/builder.h"

enum { COLUMN_ID, COLUMN_VALUE, COLUMN_NEIGHBOURS, COLUMN_LONGITUDE = 2, COLUMN_LATITUDE };

/* What one chart is made of. */
struct drawing {
	const struct kg_spatial_run *run;
	const struct kg_column *id, *longitude, *latitude; /* no coordinates: NULL */
	const char *method;				   /* the first of the list */
	const char *value;				   /* name of the column that is shown */
	struct kg_spatial_places places;
	struct kg_builder *builder;
	struct kg_arena *arena;
};

static bool is_method(const struct drawing *drawing, const char *id)
{
	return strcmp(drawing->method, id) == 0;
}

/* Mean of the neighbours, whatever the style of the weights; NaN for an island. */
static double find_mean(const struct kg_weights *weights, const double *value, size_t i)
{
	double sum = 0, total = 0;

	for (size_t k = weights->start[i]; k < weights->start[i + 1]; k++) {
		sum += weights->weight[k] * value[weights->to[k]];
		total += weights->weight[k];
	}
	return total > 0 ? sum / total : NAN;
}

/* Values against the mean of their neighbours: of the rates for eb-moran, of the other value for two values. */
static enum kg_status fill_scatter(struct drawing *drawing, struct kg_error *error)
{
	const struct kg_spatial_places *places = &drawing->places;
	const struct kg_sample *sample = &places->sample;
	const double *lagged = kg_spatial_is_bivariate(drawing->method) ? sample->x : sample->y;
	double *rate = KG_ARRAY(drawing->arena, double, sample->n + 1);

	if (!rate)
		return kg_error_memory(error);
	for (size_t i = 0; i < sample->n; i++)
		rate[i] = sample->y[i] / sample->exposure[i];
	for (size_t i = 0; i < sample->n; i++) {
		double value = is_method(drawing, "eb-moran") ? rate[i] : sample->y[i];

		kg_builder_row(drawing->builder);
		kg_builder_copy(drawing->builder, COLUMN_ID, drawing->id, places->row[i]);
		kg_builder_real(drawing->builder, COLUMN_VALUE, value);
		kg_builder_real(drawing->builder, COLUMN_NEIGHBOURS,
				find_mean(&places->weights, is_method(drawing, "eb-moran") ? rate : lagged, i));
	}
	return KG_OK;
}

static enum kg_status make_scatter(struct drawing *drawing, struct kg_picture *picture, struct kg_error *error)
{
	const struct kg_column *value = drawing->run->value;

	drawing->value = is_method(drawing, "eb-moran") ? "rate" : value->name;
	kg_builder_like(drawing->builder, drawing->id);
	if (is_method(drawing, "eb-moran"))
		kg_builder_column(drawing->builder, drawing->value, KG_REAL, NULL);
	else
		kg_builder_like(drawing->builder, &(struct kg_column){ .name = drawing->value,
								       .title = value->title,
								       .unit = value->unit,
								       .type = KG_REAL });
	kg_builder_column(drawing->builder, "mean_of_the_neighbours", KG_REAL, NULL);
	KG_TRY(fill_scatter(drawing, error));
	picture->kind = "moran";
	picture->x = drawing->value;
	picture->y = "mean_of_the_neighbours";
	return KG_OK;
}

/* What the map shows of place i: its cluster in the result, or its 0/1. */
static const char *find_cluster(const struct drawing *drawing, const struct kg_table *table, size_t i)
{
	const struct kg_column *cluster = kg_table_find(table, "cluster");

	if (!kg_spatial_is_local(drawing->method))
		return drawing->places.sample.y[i] == 1 ? "1" : "0";
	return kg_column_missing(cluster, i) ? "ns" : kg_column_text(cluster, i);
}

/* "Clusters of population" in each language; in English the column's name says so where the value has no title. */
static const char *name_clusters(const struct drawing *drawing)
{
	const struct kg_column *value = drawing->run->value;
	struct kg_message texts;

	if (!kg_spatial_is_local(drawing->method))
		return value->title;
	texts = kg_message_make(drawing->arena, "Clusters of %s", kg_label_column(value, drawing->arena));
	if (!kg_label_title(value, KG_ENGLISH, drawing->arena))
		texts.in[KG_ENGLISH] = NULL;
	return kg_message_pack(drawing->arena, &texts);
}

/* Places in their clusters: rows of the first method stand first in the result, in the order of the places. */
static enum kg_status make_map(struct drawing *drawing, const struct kg_table *table, struct kg_picture *picture)
{
	const struct kg_spatial_run *run = drawing->run;

	drawing->value = kg_spatial_is_local(drawing->method)
			     ? kg_arena_format(drawing->arena, "clusters_of_%s", run->value->name)
			     : run->value->name;
	kg_builder_like(drawing->builder, drawing->id);
	kg_builder_like(
	    drawing->builder,
	    &(struct kg_column){ .name = drawing->value, .title = name_clusters(drawing), .type = KG_TEXT });
	if (drawing->longitude && drawing->latitude) {
		kg_builder_column(drawing->builder, "lon", KG_REAL, NULL);
		kg_builder_column(drawing->builder, "lat", KG_REAL, NULL);
	}
	for (size_t i = 0; i < drawing->places.sample.n; i++) {
		uint32_t row = drawing->places.row[i];

		kg_builder_row(drawing->builder);
		kg_builder_copy(drawing->builder, COLUMN_ID, drawing->id, row);
		kg_builder_text(drawing->builder, COLUMN_VALUE, find_cluster(drawing, table, i));
		if (drawing->longitude && drawing->latitude) {
			kg_builder_real(drawing->builder, COLUMN_LONGITUDE, kg_column_real(drawing->longitude, row));
			kg_builder_real(drawing->builder, COLUMN_LATITUDE, kg_column_real(drawing->latitude, row));
		}
	}
	picture->kind = run->options->shapes ? "map" : "tile";
	picture->shapes = run->options->shapes;
	picture->x = drawing->id->name;
	picture->y = drawing->value;
	return KG_OK;
}

/* One value per place: a result with rows for each place, or a 0/1 value. */
static bool has_map(const struct drawing *drawing)
{
	return (kg_spatial_is_local(drawing->method) || is_method(drawing, "join-count")) &&
	       (drawing->run->options->shapes || (drawing->longitude && drawing->latitude));
}

static const char *note_test(const struct drawing *drawing)
{
	const struct kg_spatial_run *run = drawing->run;
	size_t n = drawing->places.sample.n;
	const char *adjust = run->options->adjust;
	double alpha = 1 - run->params.conf_level;
	const char *method = kg_label_argument("spatial", "method", drawing->method, drawing->arena);
	struct kg_message note;

	if (!kg_spatial_is_local(drawing->method))
		return kg_label_note("spatial", n, drawing->method, drawing->arena);
	if (strcmp(adjust, "none") == 0)
		note = kg_message_make(drawing->arena, "n = %zu, %s, p %s %.3g", n, method, "≤", alpha);
	else
		note = kg_message_make(drawing->arena, "n = %zu, %s, p %s %.3g (%s)", n, method, "≤", alpha, adjust);
	return kg_message_argument(drawing->arena, &note);
}

enum kg_status kg_spatial_picture(const struct kg_spatial_run *run, const struct kg_table *table,
				  struct kg_picture *picture, struct kg_arena *arena, struct kg_error *error)
{
	const struct kg_spatial_options *options = run->options;
	struct drawing drawing = { .run = run,
				   .id = kg_table_find(run->table, options->id),
				   .method = options->method.name[0],
				   .builder = kg_builder_new(run->table->name, arena),
				   .arena = arena };

	if (run->groups.ngroup != 1 || run->told[0].n == 0 || run->told[0].term.why)
		return KG_OK;
	if (!drawing.builder)
		return kg_error_memory(error);
	if (options->longitude && options->latitude) {
		drawing.longitude = kg_table_find(run->table, options->longitude);
		drawing.latitude = kg_table_find(run->table, options->latitude);
	}
	KG_TRY(kg_spatial_gather(run, 0, arena, &drawing.places, error));
	if (has_map(&drawing))
		KG_TRY(make_map(&drawing, table, picture));
	else
		KG_TRY(make_scatter(&drawing, picture, error));
	picture->note = note_test(&drawing);
	return kg_builder_finish(drawing.builder, run->table->from, &picture->table, error);
}
