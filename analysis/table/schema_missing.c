#include "table/schema_read.h"

#define KEY "missingValues"

static enum kg_status read_token(const struct kg_json *item, struct kg_missing_token *token)
{
	if (!kg_json_is_object(item))
		return kg_json_own(item, KEY, &token->text);
	KG_TRY(kg_json_scalar(item, "value", &token->text));
	if (!token->text)
		return kg_json_refuse(
		    item, "an object in '" KEY "' needs a 'value'; write {\"value\": \"..\", \"label\": \"not reported\"}");
	KG_TRY(kg_json_text(item, "label", &token->label));
	KG_TRY(kg_json_text(item, "label_vi", &token->label_vi));
	if (token->label && !*token->label)
		token->label = NULL;
	if (token->label_vi && !token->label)
		return kg_json_refuse(item, "'%s' in '" KEY "' has a 'label_vi' and no 'label'; give it one",
				      token->text);
	return KG_OK;
}

enum kg_status kg_schema_read_missing(const struct kg_json *json, const struct kg_missing **missing)
{
	struct kg_missing_token *token;
	struct kg_missing_clash clash;
	struct kg_json list;
	size_t count;

	if (!kg_json_items(json, KEY, &list, &count))
		return KG_OK;
	if (count > KG_MISSING_MOST)
		return kg_json_refuse(json, "'" KEY "' has %zu items; keep the list to %zu", count, KG_MISSING_MOST);
	token = KG_ARRAY(json->arena, struct kg_missing_token, count + 1);
	if (!token)
		return kg_error_memory(json->error);
	for (size_t i = 0; i < count; i++) {
		const struct kg_json item = kg_json_at(&list, i);

		KG_TRY(read_token(&item, &token[i]));
	}
	*missing = kg_missing_make(token, count, json->arena, &clash);
	if (clash.text)
		return kg_json_refuse(json, "'%s' in '" KEY "' has two labels, '%s' and '%s'; keep one", clash.text,
				      clash.label[0], clash.label[1]);
	return *missing ? KG_OK : kg_error_memory(json->error);
}
