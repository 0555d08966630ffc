import type { CatalogRow } from '../../model/catalog.js'

const of = (modules: string[], names: string): string[] => modules.flatMap((module) => names.split(' ').map((name) => `${module}#${name}`))

/** Decorators of fields that are columns of a row: the database keeps them, whatever holds the object for a while. */
export const columnRows: CatalogRow[] = [
  {
    column: true,
    path: [
      ...of(['typeorm'], 'Column PrimaryColumn PrimaryGeneratedColumn ObjectIdColumn CreateDateColumn UpdateDateColumn DeleteDateColumn VersionColumn ManyToOne OneToOne OneToMany ManyToMany RelationId VirtualColumn'),
      ...of(['@mikro-orm/core', '@mikro-orm/decorators/legacy', '@mikro-orm/decorators/es'], 'Property PrimaryKey SerializedPrimaryKey Enum ManyToOne OneToOne OneToMany ManyToMany Embedded Formula'),
      ...of(['sequelize-typescript'], 'Column PrimaryKey ForeignKey BelongsTo BelongsToMany HasMany HasOne CreatedAt UpdatedAt DeletedAt'),
      ...of(['@nestjs/mongoose'], 'Prop'),
      ...of(['@typegoose/typegoose'], 'prop'),
      ...of(['@loopback/repository'], 'property belongsTo hasMany hasOne'),
      ...of(['@adonisjs/lucid/orm'], 'column belongsTo hasMany hasOne manyToMany'),
    ],
  },
]
