-- Taking an import back deletes people, and each of them is looked for in every table that refers to people: through
-- an index, or a table of tens of thousands is read once for each.

create index consents_of_person on consents (institution_id, person_id);
create index enrolment_holds_of_person on enrolment_holds (institution_id, person_id);
create index presence_proofs_of_person on presence_proofs (institution_id, person_id);
create index spot_checks_of_student on spot_checks (institution_id, student_id);
create index session_faces_of_person on session_faces (institution_id, person_id);
create index face_conflicts_of_first on face_conflicts (institution_id, first_id);
create index face_conflicts_of_second on face_conflicts (institution_id, second_id);
create index twins_of_second on twins (institution_id, second_id);
create index photo_batch_items_of_person on photo_batch_items (institution_id, person_id);
create index photo_batch_items_looks_like on photo_batch_items (institution_id, looks_like_id);
create index correction_requests_answered_by on correction_requests (institution_id, answered_by);
create index leave_classes_answered_by on leave_classes (institution_id, answered_by);
create index session_guests_added_by on session_guests (institution_id, added_by);
create index session_guests_matched on session_guests (institution_id, matched_id);
