// Boolean expressions over bitmaps of slots.
#pragma once

#include <roaring/roaring.hh>

#include "core/search.h"
#include "storage/sqlite/search/clause_source.h"
#include "storage/sqlite/search/document_columns.h"

namespace minato::storage::sqlite::search {

// For one search. REQUIRES: nobody adds to the columns meanwhile.
class Evaluator {
 public:
  Evaluator(const DocumentColumns& columns, const View& view, const Answers& answers,
            core::Deadline deadline)
      : columns_(columns), view_(view), answers_(answers), deadline_(deadline) {}

  // What the viewer may see. Everybody: active public datasets; private ones, on request, members
  // of the organization; drafts and deleted ones, on request, who made them; a sysadmin all of
  // these.
  [[nodiscard]] Roaring visible(const core::Visibility& who) const;

  // Takes the hits away that don't match. A text without anything to search for ("・") matches
  // nothing, but is ignored beside other conditions of an AND. Throws SQLite::Exception
  // (SQLITE_INTERRUPT) after the deadline.
  void narrow(Roaring& hits, const core::SearchExpr& expr) const;

 private:
  [[nodiscard]] bool may_see(std::uint32_t slot, const core::Visibility& who) const;
  [[nodiscard]] bool is_value(std::uint32_t slot, std::string_view field,
                              std::string_view value) const;
  [[nodiscard]] bool is_silent(const core::SearchExpr& expr) const;
  void narrow_all(Roaring& hits, const core::SearchExpr& expr) const;
  void narrow_any(Roaring& hits, const core::SearchExpr& expr) const;
  void narrow_leaf(Roaring& hits, const core::SearchExpr& expr) const;
  void narrow_terms(Roaring& hits, const core::SearchExpr& expr, const IndexField& field) const;
  void narrow_numbers(Roaring& hits, const core::SearchExpr& expr, const IndexField& field) const;
  void narrow_texts(Roaring& hits, const IndexField& field) const;

  const DocumentColumns& columns_;
  const View& view_;
  const Answers& answers_;
  const core::Deadline deadline_;
};

// Ascending.
std::vector<std::uint32_t> slots_in(const Roaring& bitmap);

}  // namespace minato::storage::sqlite::search
