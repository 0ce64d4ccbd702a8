#include "storage/sqlite/search/document_columns.h"

#include <algorithm>
#include <stdexcept>

#include "storage/sqlite/search/fields.h"

namespace minato::storage::sqlite::search {

void DocumentColumns::reserve(std::size_t documents) {
  for (auto* column : {&document_, &dataset_, &created_, &modified_, &num_tags_, &num_resources_}) {
    column->reserve(documents);
  }
  for (auto* column : {&id_, &name_, &title_}) column->reserve(documents);
  for (auto* column : {&title_tokens_, &texts_}) column->reserve(documents);
  state_.reserve(documents);
  is_private_.reserve(documents);
  tokens_.reserve(documents);
  slot_of_dataset_.reserve(documents);
}

void DocumentColumns::bury(std::int64_t dataset) {
  const auto old = slot_of_dataset_.find(dataset);
  if (old == slot_of_dataset_.end()) return;
  live_.remove(old->second);
  listed_.remove(old->second);
  slot_of_dataset_.erase(old);
}

void DocumentColumns::add(std::int64_t document, std::int64_t dataset, const DocumentRecord* record,
                          const std::vector<std::string>& field_names) {
  newest_ = document;
  bury(dataset);
  if (record == nullptr) return;
  const std::uint32_t slot = size();
  slot_of_dataset_.emplace(dataset, slot);
  live_.add(slot);
  if (record->state == core::State::kActive && !record->is_private) listed_.add(slot);
  document_.push_back(document);
  dataset_.push_back(dataset);
  id_.add(record->id);
  name_.add(record->name);
  title_.add(record->title);
  created_.push_back(record->created);
  modified_.push_back(record->modified);
  num_tags_.push_back(record->num_tags);
  num_resources_.push_back(record->num_resources);
  state_.push_back(record->state);
  is_private_.push_back(record->is_private ? 1 : 0);
  tokens_.push_back(record->tokens);
  title_tokens_.push_back(static_cast<std::uint16_t>(std::min(record->title_tokens, 0xFFFFU)));
  texts_.push_back(static_cast<std::uint16_t>(record->texts));
  add_values(slot, *record, field_names);
}

void DocumentColumns::add_values(std::uint32_t slot, const DocumentRecord& record,
                                 const std::vector<std::string>& field_names) {
  for (std::size_t field = terms_by_field_.size(); field < field_names.size(); ++field) {
    const std::string& name = field_names[field];
    const bool in_memory = !name.empty() && index_field(name).place == Place::kMemory;
    terms_by_field_.push_back(in_memory ? &terms_[name] : nullptr);
  }
  std::vector<std::string_view> values;  // of one field: they stand together
  for (std::size_t i = 0; i < record.values.size(); ++i) {
    const std::uint32_t field = record.values[i].field;
    if (field >= terms_by_field_.size() || terms_by_field_[field] == nullptr) continue;
    values.push_back(record.values[i].value);
    if (i + 1 < record.values.size() && record.values[i + 1].field == field) continue;
    terms_by_field_[field]->add(slot, values);
    values.clear();
  }
}

std::shared_ptr<const View> DocumentColumns::view() const {
  auto view = std::make_shared<View>(View{newest_, live_, listed_});
  view->live.runOptimize();
  view->listed.runOptimize();
  return view;
}

std::uint32_t DocumentColumns::slot_of(std::int64_t document, std::uint32_t hint) const {
  if (hint + 1 < size() && document_[hint + 1] == document) return hint + 1;
  const auto found = std::lower_bound(document_.begin(), document_.end(), document);
  if (found == document_.end() || *found != document) return kNoSlot;
  return static_cast<std::uint32_t>(found - document_.begin());
}

const TermColumn* DocumentColumns::terms(std::string_view field) const {
  const auto found = terms_.find(field);
  return found == terms_.end() ? nullptr : &found->second;
}

const std::vector<std::int64_t>& DocumentColumns::numbers(std::string_view field) const {
  if (field == "metadata_created") return created_;
  if (field == "metadata_modified") return modified_;
  if (field == "num_tags") return num_tags_;
  if (field == "num_resources") return num_resources_;
  throw std::logic_error("no numbers in " + std::string(field));
}

}  // namespace minato::storage::sqlite::search
