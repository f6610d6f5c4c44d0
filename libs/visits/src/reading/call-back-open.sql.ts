/** Visit `v` was drawn for a call-back, and nobody has answered yet. */
export const callBackOpen = `exists (select from call_back_draw d where d.bank_id = v.bank_id and d.visit_id = v.visit_id and d.drawn
  and not exists (select from call_back k where k.bank_id = d.bank_id and k.visit_id = d.visit_id and k.result <> 'not_reached'))`;
