import { Column, Entity, PrimaryColumn } from 'typeorm';

/** Cards that were made on one sheet, which is open until somebody says that it was saved. */
@Entity('card_sheet')
export class CardSheetRow {
  @PrimaryColumn('uuid', { name: 'bank_id' }) bankId!: string;
  @PrimaryColumn('uuid', { name: 'sheet_id' }) sheetId!: string;
  @Column('uuid', { name: 'client_ids', array: true }) clientIds!: string[];
  @Column('uuid', { name: 'card_ids', array: true }) cardIds!: string[];
  @Column('uuid', { name: 'made_by' }) madeBy!: string;
  @Column('timestamptz', { name: 'made_at' }) madeAt!: Date;
  @Column('uuid', { name: 'saved_by', nullable: true }) savedBy!: string | null;
  @Column('timestamptz', { name: 'saved_at', nullable: true }) savedAt!: Date | null;
}
